export { adam } from "./adam";
export { answers, headGradient } from "./head";
export {
  activateRelu,
  activateSmooth,
  columnSums,
  drop,
  gateGradient,
  gather,
  multiply,
} from "./layers";
export { product, toPanels, transpose } from "./product";
