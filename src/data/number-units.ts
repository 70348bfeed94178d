/** Units of one dimension, each with its size: cells with two sizes of one dimension are no numbers on one scale. */
const dimensions: readonly string[] = [
  "b=1 byte=1 bytes=1 kb=3 mb=6 gb=9 tb=12 kib=3 mib=6 gib=9 tib=12",
  "mg=1 g=2 gr=2 gram=2 grams=2 kg=3 kgs=3 t=4 ton=4 tons=4 lb=5 lbs=5 pound=5 pounds=5 oz=6 st=7",
  "mm=1 cm=2 dm=3 m=4 meter=4 meters=4 metre=4 metres=4 km=5 kms=5 in=6 inch=6 inches=6 ft=7 feet=7 yd=8 mi=9 mile=9 miles=9",
  "ms=1 s=2 sec=2 secs=2 second=2 seconds=2 min=3 mins=3 minute=3 minutes=3 h=4 hr=4 hrs=4 hour=4 hours=4 d=5 day=5 days=5 " +
    "week=6 weeks=6 wk=6 month=7 months=7 mon=7 mos=7 y=8 yr=8 yrs=8 year=8 years=8",
  "w=1 kw=2 mw=3 gw=4 hp=5 bhp=5 ps=6",
  "ml=1 cl=2 dl=3 l=4 liter=4 liters=4 litre=4 litres=4 gal=5",
  "mm2=1 cm2=2 dm2=3 m2=4 km2=5 in2=6 ft2=7 yd2=8 mi2=9",
  "mm3=1 cm3=2 dm3=3 m3=4 km3=5 in3=6 ft3=7 yd3=8",
  "hz=1 khz=2 mhz=3 ghz=4",
];

const unitSizes = new Map(
  dimensions.flatMap((line, dimension) =>
    line.split(" ").map((entry) => {
      const [unit, size] = entry.split("=") as [string, string];
      return [unit, { dimension, size }] as const;
    }),
  ),
);

/** One name for all spellings of a unit: "day" and "days" are the same; unknown units stand for themselves. */
export function unitKey(unit: string): string {
  const known = unitSizes.get(plain(unit));
  return known === undefined ? unit : `${known.dimension} ${known.size}`;
}

/** The units that cannot stand in one column of numbers: two sizes of one dimension. Empty when there are none. */
export function clashingUnits(units: readonly string[]): string[] {
  for (const unit of units) {
    const known = unitSizes.get(plain(unit));
    if (known === undefined) continue;
    const other = units.find((candidate) => {
      const found = unitSizes.get(plain(candidate));
      return found?.dimension === known.dimension && found.size !== known.size;
    });
    if (other !== undefined) return [unit, other];
  }
  return [];
}

/** "130.7 m2", "1,200 €/m2", "0.9 g/cm3": the digit at the end belongs to the unit. */
const squaredOrCubed = /^(.*[0-9])([^0-9]*(?<!\p{L})(?:mm|cm|dm|m|km|in|ft|yd|mi)[23])$/iu;

/** The cell without a unit that is a power of a length, and that unit; "" for none. */
export function cutPower(cell: string): { readonly text: string; readonly power: string } {
  const found = squaredOrCubed.exec(cell);
  return found === null ? { text: cell, power: "" } : { text: found[1]!, power: found[2]!.trim() };
}

function plain(unit: string): string {
  return unit.toLowerCase().replace(/\.$/, "");
}
