import type { Random } from "../../src/core/random.ts";

/** A change of bytes, and what it is called in findings. */
export interface Mutation {
  readonly name: string;
  apply(bytes: Uint8Array, random: Random): Uint8Array;
}

const ugly = ['"', "'", ",", ";", "|", "\t", "\n", "\r", "\r\n", "\0", "\\", '""', '"""', "\ufeff", "\u2028", "\u0085", "#", "NaN", "1e999", "\x1a", ",,,,,,", "\n\n\n", ' " ', '",', ',"']; // prettier-ignore

function place(bytes: Uint8Array, random: Random): number {
  return random.integer(bytes.length + 1);
}

function splice(bytes: Uint8Array, at: number, remove: number, add: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), add, bytes.subarray(at + remove)]);
}

function text(value: string): Uint8Array {
  return Buffer.from(value, "utf8");
}

/** Replaces some of the occurrences of a byte. */
function replaceSome(
  bytes: Uint8Array,
  random: Random,
  options: { readonly from: number; readonly to: string; readonly share: number },
): Uint8Array {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== options.from || random.next() >= options.share) continue;
    parts.push(bytes.subarray(start, at), text(options.to));
    start = at + 1;
  }
  return Buffer.concat([...parts, bytes.subarray(start)]);
}

export const mutations: readonly Mutation[] = [
  {
    name: "flip bits",
    apply: (bytes, random) => {
      const copy = Uint8Array.from(bytes);
      for (let i = 1 + random.integer(8); i > 0 && copy.length > 0; i--) {
        copy[random.integer(copy.length)]! ^= 1 << random.integer(8);
      }
      return copy;
    },
  },
  {
    name: "random bytes",
    apply: (bytes, random) => {
      const copy = Uint8Array.from(bytes);
      for (let i = 1 + random.integer(20); i > 0 && copy.length > 0; i--) {
        copy[random.integer(copy.length)] = random.integer(256);
      }
      return copy;
    },
  },
  { name: "truncate", apply: (bytes, random) => bytes.subarray(0, place(bytes, random)) },
  { name: "cut the start", apply: (bytes, random) => bytes.subarray(random.integer(40)) },
  {
    name: "remove a part",
    apply: (bytes, random) =>
      splice(bytes, place(bytes, random), random.integer(60), new Uint8Array(0)),
  },
  {
    name: "repeat a part",
    apply: (bytes, random) => {
      const at = place(bytes, random);
      return splice(bytes, at, 0, bytes.subarray(at, at + random.integer(400)));
    },
  },
  {
    name: "insert ugly signs",
    apply: (bytes, random) => {
      let result = bytes;
      for (let i = 1 + random.integer(3); i > 0; i--) {
        const sign = text(ugly[random.integer(ugly.length)]!);
        result = splice(result, place(result, random), 0, sign);
      }
      return result;
    },
  },
  {
    name: "swap two parts",
    apply: (bytes, random) => {
      const [a, b, c] = [place(bytes, random), place(bytes, random), place(bytes, random)].sort(
        (x, y) => x - y,
      ) as [number, number, number];
      const parts = [bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b)];
      return Buffer.concat([...parts, bytes.subarray(c)]);
    },
  },
  {
    name: "drop quotes",
    apply: (bytes, random) => replaceSome(bytes, random, { from: 34, to: "", share: 0.3 }),
  },
  {
    name: "other quotes",
    apply: (bytes, random) => replaceSome(bytes, random, { from: 34, to: "\u201c", share: 0.5 }),
  },
  {
    name: "mix newlines",
    apply: (bytes, random) => {
      const to = ["\r\n", "\r", "\n\r", "\n\n", "\r\r\n"][random.integer(5)]!;
      return replaceSome(bytes, random, { from: 10, to, share: 0.4 });
    },
  },
  {
    name: "extra separators",
    apply: (bytes, random) =>
      replaceSome(bytes, random, {
        from: 44,
        to: [",,", ";", "\t", ", "][random.integer(4)]!,
        share: [0.03, 1][random.integer(2)]!,
      }),
  },
  {
    name: "separator at line ends",
    apply: (bytes, random) =>
      replaceSome(bytes, random, { from: 10, to: ",\n", share: [0.1, 1][random.integer(2)]! }),
  },
  {
    name: "huge field",
    apply: (bytes, random) =>
      splice(
        bytes,
        place(bytes, random),
        0,
        text("x".repeat([3000, 70_000, 300_000, 2_200_000][random.integer(4)]!)),
      ),
  },
  {
    name: "many separators",
    apply: (bytes, random) =>
      splice(bytes, place(bytes, random), 0, text(",".repeat(50 + random.integer(5000)))),
  },
  {
    name: "NUL bytes",
    apply: (bytes, random) =>
      splice(bytes, place(bytes, random), 0, new Uint8Array(1 + random.integer(30))),
  },
  {
    name: "other encoding in the middle",
    apply: (bytes, random) => {
      const odd = [[0xe9], [0xff, 0xfe], [0xb0, 0xa1], [0x82, 0xa0], [0xc3], [0xf0, 0x9f], [0x80]];
      let result = bytes;
      for (let i = 1 + random.integer(6); i > 0; i--) {
        const part = Uint8Array.from(odd[random.integer(odd.length)]!);
        result = splice(result, place(result, random), 0, part);
      }
      return result;
    },
  },
  {
    name: "byte order mark",
    apply: (bytes, random) => {
      const marks = [
        [0xef, 0xbb, 0xbf],
        [0xff, 0xfe],
        [0xfe, 0xff],
        [0, 0, 0xfe, 0xff],
      ];
      return splice(bytes, 0, 0, Uint8Array.from(marks[random.integer(4)]!));
    },
  },
  {
    name: "lines above the header",
    apply: (bytes, random) =>
      splice(
        bytes,
        0,
        0,
        text(
          ["\n\n", "# made by hand\n", "sep=,\n", "Title of it\n\n", " \r\n"][random.integer(5)]!,
        ),
      ),
  },
];

/** Applies one to three mutations, their names added to `steps`. */
export function mutate(bytes: Uint8Array, random: Random, steps: string[]): Uint8Array {
  let result = bytes;
  for (let i = 1 + random.integer(3); i > 0; i--) {
    const mutation = mutations[random.integer(mutations.length)]!;
    result = mutation.apply(result, random);
    steps.push(mutation.name);
  }
  return result;
}
