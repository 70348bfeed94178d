/**
 * Evaluates the expressions of the charts' specifications from their syntax trees. Vega would make functions out of
 * strings, which this page's security policy forbids. Covers the expressions Vega-Lite writes for these charts.
 */
const expressionConstants = {
  NaN,
  E: Math.E,
  PI: Math.PI,
  SQRT2: Math.SQRT2,
  LN2: Math.LN2,
  LN10: Math.LN10,
};

const plainFunctions = {
  isNaN: Number.isNaN,
  isFinite: Number.isFinite,
  abs: Math.abs,
  ceil: Math.ceil,
  exp: Math.exp,
  floor: Math.floor,
  hypot: Math.hypot,
  log: Math.log,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
  round: Math.round,
  sqrt: Math.sqrt,
  clamp: (value, low, high) => Math.max(low, Math.min(high, value)),
  length: (value) => value.length,
  upper: (value) => String(value).toUpperCase(),
  lower: (value) => String(value).toLowerCase(),
};

/** The scale behind a name inside an expression; only scales the specification declares get there. */
const scaleFunctions = {
  _scale: (scope, [name, value]) => scope.parameters[`%${name}`](value),
  _range: (scope, [name]) => scope.parameters[`%${name}`].range(),
  _bandwidth: (scope, [name]) => scope.parameters[`%${name}`]?.bandwidth?.() ?? 0,
};

const binaryOperators = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "==": (a, b) => a == b,
  "!=": (a, b) => a != b,
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

const unaryOperators = { "+": (a) => +a, "-": (a) => -a, "!": (a) => !a };

/** Properties through which an expression could reach more than data. */
const forbiddenProperties = new Set(["constructor", "prototype", "__proto__"]);

/** Compilers by type of node: each gives a function of the scope {datum, item, event, parameters}. */
const nodeCompilers = {
  Literal: (node) => () => node.value,
  Identifier: ({ name }) => {
    if (name === "datum" || name === "item" || name === "event") return (scope) => scope[name];
    if (Object.hasOwn(expressionConstants, name)) return () => expressionConstants[name];
    return (scope) => scope.parameters[`$${name}`];
  },
  MemberExpression: (node, functions) => {
    const object = compileNode(node.object, functions);
    const key = node.computed ? compileNode(node.property, functions) : () => node.property.name;
    return (scope) => {
      const property = key(scope);
      if (forbiddenProperties.has(property))
        throw new Error(`property ${property} in an expression`);
      return object(scope)[property];
    };
  },
  CallExpression: (node, functions) => compileCall(node, functions),
  ArrayExpression: (node, functions) => {
    const elements = node.elements.map((element) => compileNode(element, functions));
    return (scope) => elements.map((element) => element(scope));
  },
  ObjectExpression: (node, functions) => {
    const entries = node.properties.map(({ key, value }) => [
      String(key.name ?? key.value),
      compileNode(value, functions),
    ]);
    return (scope) => Object.fromEntries(entries.map(([name, value]) => [name, value(scope)]));
  },
  BinaryExpression: (node, functions) => {
    const operate = operator(binaryOperators, node.operator);
    const left = compileNode(node.left, functions);
    const right = compileNode(node.right, functions);
    return (scope) => operate(left(scope), right(scope));
  },
  UnaryExpression: (node, functions) => {
    const operate = operator(unaryOperators, node.operator);
    const argument = compileNode(node.argument, functions);
    return (scope) => operate(argument(scope));
  },
  LogicalExpression: (node, functions) => {
    const left = compileNode(node.left, functions);
    const right = compileNode(node.right, functions);
    return node.operator === "&&"
      ? (scope) => left(scope) && right(scope)
      : (scope) => left(scope) || right(scope);
  },
  ConditionalExpression: (node, functions) => {
    const test = compileNode(node.test, functions);
    const yes = compileNode(node.consequent, functions);
    const no = compileNode(node.alternate, functions);
    return (scope) => (test(scope) ? yes(scope) : no(scope));
  },
};

function operator(table, name) {
  if (!Object.hasOwn(table, name)) throw new Error(`operator ${name} in an expression`);
  return table[name];
}

function compileNode(node, functions) {
  if (!Object.hasOwn(nodeCompilers, node.type)) throw new Error(`${node.type} in an expression`);
  return nodeCompilers[node.type](node, functions);
}

function compileCall(node, functions) {
  const { name } = node.callee;
  const given = node.arguments.map((argument) => compileNode(argument, functions));
  if (name === "if") return (scope) => (given[0](scope) ? given[1](scope) : given[2](scope));
  if (Object.hasOwn(scaleFunctions, name)) {
    const apply = scaleFunctions[name];
    return (scope) =>
      apply(
        scope,
        given.map((argument) => argument(scope)),
      );
  }
  if (Object.hasOwn(plainFunctions, name)) {
    const apply = plainFunctions[name];
    return (scope) => apply(...given.map((argument) => argument(scope)));
  }
  if (typeof functions[name] !== "function") throw new Error(`function ${name} in an expression`);
  return (scope) => functions[name](...given.map((argument) => argument(scope)));
}

/**
 * After x, y, x2, y2, xc, yc are set, Vega expects a mark's size to follow from them; groups, images and rectangles
 * have their near corner first.
 */
function placeMark(item, channels, marktype) {
  if (marktype === "rule") return;
  const box = marktype === "group" || marktype === "image" || marktype === "rect";
  for (const [near, far, centre, size] of [
    ["x", "x2", "xc", "width"],
    ["y", "y2", "yc", "height"],
  ]) {
    if (channels[far]) {
      if (channels[near]) {
        if (box && item[near] > item[far]) [item[near], item[far]] = [item[far], item[near]];
        item[size] = item[far] - item[near];
      } else {
        item[near] = item[far] - (item[size] || 0);
      }
    }
    if (channels[centre]) item[near] = item[centre] - (item[size] || 0) / 2;
  }
}

/** The evaluator in the form in which a Vega view takes one. */
const chartExpressions = {
  operator(context, expression) {
    const run = compileNode(expression.ast, context.functions);
    return (parameters) => run({ parameters });
  },
  parameter(context, expression) {
    const run = compileNode(expression.ast, context.functions);
    return (datum, parameters) => run({ datum, parameters });
  },
  event(context, expression) {
    const run = compileNode(expression.ast, context.functions);
    return (event) => run({ event });
  },
  handler(context, expression) {
    const run = compileNode(expression.ast, context.functions);
    return (parameters, event) => run({ parameters, event, datum: event.item?.datum });
  },
  encode(context, { marktype, channels }) {
    const setters = Object.entries(channels).map(([name, { ast }]) => [
      name,
      compileNode(ast, context.functions),
    ]);
    return (item, parameters) => {
      const scope = { item, datum: item.datum, parameters };
      let changed = 0;
      for (const [name, run] of setters) {
        const value = run(scope);
        if (item[name] === value) continue;
        item[name] = value;
        changed = 1;
      }
      placeMark(item, channels, marktype);
      return changed;
    };
  },
};
