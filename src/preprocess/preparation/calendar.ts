export const millisecondsPerDay = 86_400_000;
const millisecondsPerHour = 3_600_000;

/** Whole days since 1970-01-01 (UTC) of a time in milliseconds; negative before. */
export function dayOf(milliseconds: number): number {
  return Math.floor(milliseconds / millisecondsPerDay);
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return (((day + 3) % 7) + 7) % 7;
}

/** 1 on the first of January. */
export function dayOfYear(day: number): number {
  const { year } = civilDate(day);
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  // 719,162 days lie before 1970-01-01 in the Gregorian calendar that begins with the year 1.
  return day - (before * 365 + leapDays - 719_162) + 1;
}

export function hourOf(milliseconds: number): number {
  return Math.floor(
    (milliseconds - dayOf(milliseconds) * millisecondsPerDay) / millisecondsPerHour,
  );
}

export interface CivilDate {
  readonly year: number;
  /** 1 ... 12. */
  readonly month: number;
  /** 1 ... 31. */
  readonly day: number;
}

/**
 * The Gregorian date of a day number. Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in
 * March, so that the leap day is the last of its year, and repeat every 400 years (an era of 146,097 days).
 */
export function civilDate(dayNumber: number): CivilDate {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
