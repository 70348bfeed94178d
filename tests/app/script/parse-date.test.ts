import { describe, expect, it } from "vitest";
import { parseDate } from "../../../src/app/script/parse-date.ts";

describe("parseDate", () => {
  it.each([
    ["2024-02-29", "%Y-%m-%d", "2024-02-29T00:00:00.000Z"],
    ["3.4.2021", "%d.%m.%Y", "2021-04-03T00:00:00.000Z"],
    ["12/31/99", "%m/%d/%y", "1999-12-31T00:00:00.000Z"],
    ["12/31/05", "%m/%d/%y", "2005-12-31T00:00:00.000Z"],
    ["20210309", "%Y%m%d", "2021-03-09T00:00:00.000Z"],
    ["05-Jan-2020", "%d-%b-%Y", "2020-01-05T00:00:00.000Z"],
    ["January 5, 2020", "%B %d, %Y", "2020-01-05T00:00:00.000Z"],
    ["2020-01-05 13:45:10", "%Y-%m-%d %H:%M:%S", "2020-01-05T13:45:10.000Z"],
    ["2020-01-05T13:45:10.25Z", "%Y-%m-%dT%H:%M:%S.%fZ", "2020-01-05T13:45:10.250Z"],
    ["2020-01-05 12:05 AM", "%Y-%m-%d %I:%M %p", "2020-01-05T00:05:00.000Z"],
    ["2020-01-05 12:05:00+0230", "%Y-%m-%d %H:%M:%S%z", "2020-01-05T09:35:00.000Z"],
    ["0099-01-05", "%Y-%m-%d", "0099-01-05T00:00:00.000Z"],
  ])("reads %s as %s", (text, format, expected) => {
    expect(new Date(parseDate(text, format)).toISOString()).toBe(expected);
  });

  it.each([
    ["2023-02-29", "%Y-%m-%d"],
    ["2023-13-01", "%Y-%m-%d"],
    ["tomorrow", "%Y-%m-%d"],
    ["2023-01-01x", "%Y-%m-%d"],
    ["05-Foo-2020", "%d-%b-%Y"],
  ])("refuses %s", (text, format) => {
    expect(() => parseDate(text, format)).toThrow("is not a date written as");
  });
});
