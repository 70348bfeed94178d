import { describe, expect, it } from "vitest";
import { candidateFormats, dayMonthTwin } from "../../src/data/date-candidates.ts";

describe("candidateFormats", () => {
  it.each([
    ["2024-01-31", ["%Y-%m-%d"]],
    ["2024/1/31", ["%Y/%m/%d"]],
    ["31/12/2024", ["%d/%m/%Y", "%m/%d/%Y"]],
    ["1-2-24", ["%d-%m-%y", "%m-%d-%y", "%y-%m-%d"]],
    ["2024-01-31T10:20:30.123Z", ["%Y-%m-%dT%H:%M:%S.%fZ"]],
    ["2024-01-31 10:20:30 +0200", ["%Y-%m-%d %H:%M:%S %z"]],
    ["1/31/2024 3:04:05 pm", ["%d/%m/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p"]],
    ["Jan 5, 2024", ["%b %d, %Y", "%B %d, %Y"]],
    ["20140502T000000", ["%Y%m%dT%H%M%S"]],
    ["5 de mayo de 2014", ["%o de %L de %Y"]],
    ["1er janvier 2020 10:20", ["%o %L %Y %H:%M"]],
    ["12-mag-14", ["%d-%b-%y", "%d-%B-%y", "%o-%L-%y"]],
    ["5. Mai 2014", ["%d. %b %Y", "%d. %B %Y", "%o. %L %Y"]],
    ["Sept. 5, 2014", ["%L %o, %Y"]],
    ["декабрь 2019", ["%L %Y"]],
    ["zimmer de 2019", []],
    ["1.2.24", []],
    ["10.0.14.3", []],
    ["2024-01-31 or so", []],
    ["42", []],
    ["oslo", []],
  ])("%s", (cell, formats) => {
    expect(candidateFormats(cell)).toEqual(formats);
  });
});

it("dayMonthTwin exchanges day and month", () => {
  expect(dayMonthTwin("%d/%m/%Y %H:%M")).toBe("%m/%d/%Y %H:%M");
  expect(dayMonthTwin("%m-%d-%y")).toBe("%d-%m-%y");
  expect(dayMonthTwin("%Y-%m-%d")).toBeUndefined();
});
