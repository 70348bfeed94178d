/**
 * Units of one dimension with their sizes, in whole or exact numbers of a small unit, so that one divides the other
 * without a rest where it does in the world (12 inches, 60 minutes). A spelling that stands in two dimensions ("m" is a
 * metre beside km, a minute beside h) is told by what stands beside it.
 */
const dimensions: readonly string[] = [
  "b=1 byte=1 bytes=1 kb=1e3 mb=1e6 gb=1e9 tb=1e12 pb=1e15 kib=1024 mib=1048576 gib=1073741824 tib=1099511627776",
  // 10 micrograms: a pound is 453.59237 g.
  "mg=100 g=1e5 gr=1e5 gm=1e5 gms=1e5 gram=1e5 grams=1e5 kg=1e8 kgs=1e8 kilo=1e8 kilos=1e8 t=1e11 ton=1e11 tons=1e11 tonnes=1e11 " +
    "lb=45359237 lbs=45359237 pound=45359237 pounds=45359237 oz=2834952.3125 st=635029318",
  // Tenths of a millimetre: an inch is 25.4 mm.
  "mm=10 cm=100 dm=1e3 m=1e4 meter=1e4 meters=1e4 metre=1e4 metres=1e4 km=1e7 kms=1e7 in=254 inch=254 inches=254 " +
    "ft=3048 foot=3048 feet=3048 yd=9144 yds=9144 yard=9144 yards=9144 mi=16093440 mile=16093440 miles=16093440",
  "ms=1 s=1e3 sec=1e3 secs=1e3 second=1e3 seconds=1e3 m=6e4 min=6e4 mins=6e4 minute=6e4 minutes=6e4 h=36e5 hr=36e5 hrs=36e5 " +
    "hour=36e5 hours=36e5 d=864e5 day=864e5 days=864e5",
  // Hours: a year of 365.25 days has twelve months.
  "d=24 day=24 days=24 w=168 wk=168 wks=168 week=168 weeks=168 m=730.5 mo=730.5 mos=730.5 mon=730.5 month=730.5 months=730.5 " +
    "y=8766 yr=8766 yrs=8766 year=8766 years=8766",
  "w=1 kw=1e3 mw=1e6 gw=1e9 hp=745.69987 bhp=745.69987 ps=735.49875",
  "ml=1 cl=10 dl=100 l=1e3 liter=1e3 liters=1e3 litre=1e3 litres=1e3 gal=3785.411784",
  "mm2=1 cm2=100 dm2=1e4 m2=1e6 sqm=1e6 km2=1e12 ha=1e10 in2=645.16 ft2=92903.04 sqft=92903.04 sft=92903.04 squarefeet=92903.04 cent=40468564.224 cents=40468564.224 marla=25292852.64 kanal=505857052.8 guntha=101171410.56 perch=25292852.64 " +
    "yd2=836127.36 sqyd=836127.36 sqyrd=836127.36 sqyard=836127.36 sqyards=836127.36 sqmeter=1e6 sqmeters=1e6 acre=4046856422.4 acres=4046856422.4 ac=4046856422.4 mi2=2589988110336",
  "mm3=1 cm3=1e3 dm3=1e6 m3=1e9 km3=1e18 in3=16387.064 ft3=28316846.592 yd3=764554857.984",
  "hz=1 khz=1e3 mhz=1e6 ghz=1e9",
];

const sizes: readonly ReadonlyMap<string, number>[] = dimensions.map(
  (line) =>
    new Map(
      line.split(" ").map((entry): [string, number] => {
        const [unit, size] = entry.split("=") as [string, string];
        return [unit, Number(size)];
      }),
    ),
);

export function isUnit(text: string): boolean {
  return sizes.some((dimension) => dimension.has(plain(text)));
}

/** One name for all spellings of a unit: "day" and "days" are the same; unknown units stand for themselves. */
export function unitKey(unit: string): string {
  const dimension = sizes.findIndex((known) => known.has(plain(unit)));
  return dimension < 0 ? unit : `${dimension} ${sizes[dimension]!.get(plain(unit))!}`;
}

/**
 * What numbers with these units are multiplied by to be in the smallest of them: 60 and 1 for h and m. Null when they are
 * not of one dimension; a letter that means two things there is taken in the first in which all make sense.
 */
export function commonScale(units: readonly string[]): readonly number[] | null {
  const known = sizes.find((dimension) => units.every((unit) => dimension.has(plain(unit))));
  if (known === undefined || units.length === 0) return null;
  const all = units.map((unit) => known.get(plain(unit))!);
  const least = Math.min(...all);
  return all.map((size) => size / least);
}

/** "130.7 m2", "1,200 €/m2", "0.9 g/cm3": the digit at the end belongs to the unit. */
const squaredOrCubed = /^(.*[0-9])([^0-9]*(?<!\p{L})(?:mm|cm|dm|m|km|in|ft|yd|mi)[23])$/iu;
/** "4.1/5", "7 / 10", "4.4 out of 5 stars": what a rating is out of. A third number makes a date of it. */
const outOf = /^([^/]*[0-9])\s*((?:\/|(?:out )?of )\s*[1-9][0-9]*(?: stars?)?)$/iu;

/** The cell without a unit that has digits of its own, and that unit; "" for none. */
export function cutDigitUnit(cell: string): { readonly text: string; readonly unit: string } {
  const found = squaredOrCubed.exec(cell) ?? outOf.exec(cell);
  return found === null ? { text: cell, unit: "" } : { text: found[1]!, unit: found[2]!.trim() };
}

/** Spellings alike: "Sq. Ft." is "sqft". */
function plain(unit: string): string {
  return unit.toLowerCase().replace(/[. ]/g, "");
}
