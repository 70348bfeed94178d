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
    ["%a, %d %b %Y", "Fri, 02 Jan 1970"],
    ["%Y년 %m월 %d일", "1970년 01월 02일"],
    ["%o %B %Y", "2nd January 1970"],
    ["%Y Q%q", "1970 Q1"],
    ["%G-W%V", "1970-W01"],
    ["%s", "140645"],
    ["%Q", "140645060"],
    ["%Y-%m-%d | %d.%m.%Y", "1970-01-02"],
  ])("writes %s", (format, text) => {
    expect(formatDate(time, format)).toBe(text);
  });

  it("calls midnight and noon 12", () => {
    expect(formatDate(Date.UTC(2000, 5, 1), "%I %p")).toBe("12 AM");
    expect(formatDate(Date.UTC(2000, 5, 1, 12), "%I %p")).toBe("12 PM");
  });
});
