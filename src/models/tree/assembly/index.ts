export { growTree } from "./grow";
export { jobBytes, openRoom, recordBytes, roomBytes } from "./layout";
export { addToRows, leafMeans } from "./leaves";
export { follow } from "./follow";
export { drawRows } from "./sampling";
export {
  addLargeTree,
  addMixedTree,
  addSmallTree,
  encodeCategories,
  encodeMissingFirst,
  encodeNumbers,
} from "./predict";
export { growTrees } from "./pieces";
export { serve } from "./team";
