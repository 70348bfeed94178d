import { describe, expect, it } from "vitest";
import { formatDate } from "../../src/data/format-date.ts";

const time = Date.UTC(1970, 0, 2, 15, 4, 5, 60);

describe("formatDate", () => {
  it.each([
    ["%Y-%m-%d", "1970-01-02"],
    ["%d/%m/%y", "02/01/70"],
    ["%b %d, %Y %I:%M %p", "Jan 02, 1970 03:04 PM"],
    ["%Y-%m-%dT%H:%M:%S.%fZ", "1970-01-02T15:04:05.060000Z"],
    ["%Y%m%d%H%M%S%z", "19700102150405+00"],
  ])("writes %s", (format, text) => {
    expect(formatDate(time, format)).toBe(text);
  });

  it("calls midnight and noon 12", () => {
    expect(formatDate(Date.UTC(2000, 5, 1), "%I %p")).toBe("12 AM");
    expect(formatDate(Date.UTC(2000, 5, 1, 12), "%I %p")).toBe("12 PM");
  });
});
