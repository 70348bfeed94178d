export { subtractProduct } from "./product";
export { factorBlock, solveBlock } from "./triangle";
export { squaredDistances } from "./distances";
export { exponentialDecay, gaussian, matern } from "./covariance";
export { storeSingles, addSymmetricRow } from "./symmetric";
