export { growTree } from "./grow";
export { jobBytes, openRoom, recordBytes, roomBytes } from "./layout";
export { addToRows, fillRows, leafMeans, residuals } from "./passes";
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
export { joinTrees, postTrees } from "./pieces";
export { serve } from "./team";
