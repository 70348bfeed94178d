/**
 * Sine and cosine of a place on a circle, in turns of 0 to 1. Made of + - x only: Math.sin and Math.cos differ in their
 * last bit from one engine to the next. The quarter that a place lies in is found exactly; inside an eighth of a turn
 * the Taylor series up to the 17th power is exact to the last bit or two.
 */
export function sineOfTurn(turn: number): number {
  if (Number.isNaN(turn)) return NaN;
  const place = (turn - Math.floor(turn)) * 8;
  const eighth = Math.floor(place);
  const within = place - eighth;
  switch (eighth) {
    case 0:
      return sine(within);
    case 1:
      return cosine(1 - within);
    case 2:
      return cosine(within);
    case 3:
      return sine(1 - within);
    case 4:
      return -sine(within) + 0;
    case 5:
      return -cosine(1 - within);
    case 6:
      return -cosine(within);
    default:
      return -sine(1 - within) + 0;
  }
}

export function cosineOfTurn(turn: number): number {
  return sineOfTurn(turn + 0.25);
}

const eighthInRadians = Math.PI / 4;

/** Of 0 to 1 eighths of a turn. */
function sine(eighths: number): number {
  const x = eighths * eighthInRadians;
  return x * series(x * x, 2);
}

function cosine(eighths: number): number {
  const x = eighths * eighthInRadians;
  return series(x * x, 1);
}

/** 1 - s / (f (f + 1)) (1 - s / ((f + 2) (f + 3)) (1 - ...)): Horner's rule from the smallest term on. */
function series(square: number, first: number): number {
  let sum = 1;
  for (let factor = first + 16; factor >= first; factor -= 2) {
    sum = 1 - (square / (factor * (factor + 1))) * sum;
  }
  return sum;
}
