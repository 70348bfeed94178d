import { describe, expect, it } from "vitest";
import type { Encoding } from "../../../src/data/dialect.ts";
import { guessEncoding } from "../../../src/data/text/guess-encoding.ts";
import { encodeAs } from "./encode-as.ts";

const texts: readonly (readonly [Encoding, string])[] = [
  ["windows-1252", "Temperature(°C),Humidity\n1,2\n"],
  ["windows-1252", "name,size\nZoë,1\n"],
  ["windows-1252", "preço,ações,São Paulo\n1,2,3\n"],
  ["windows-1252", "price €,It’s ™\n1,2\n"],
  ["windows-1252", "a,b\nÅÄÖ,1\nMÜNCHEN,2\nÉTÉ,3\n"],
  ["windows-1252", "x²,µg/m³,señor,«très»,straße\n"],
  ["windows-1251", "Город,Цена\nМосква,100\nСанкт-Петербург,200\n"],
  ["windows-1251", "МОСКВА,ЦЕНА\n1,2\n"],
  ["euc-kr", "날짜,기온(°C),습도\n2020-01-01,3.4,50\n"],
  ["euc-kr", "이름,가격\n현대 아반떼,1200만원\n기아 쏘렌토,2300만원\n"],
  ["euc-kr", "a,b\n서울,1\n"],
  ["euc-kr", "구,매매가\n강남구,100\n똠방각하,2\n"],
  ["shift_jis", "名前,価格\nトヨタ,100\nソニー,20\n"],
  ["shift_jis", "都市,x\n横浜,2\n札幌,1\n"],
  ["shift_jis", "ｱｲｳ,b\nﾄﾖﾀ,2\n"],
  ["gb18030", "城市,价格\n北京,100\n上海,200\n"],
  ["gb18030", "小区,户型\n翠湖天地,三室\n"],
  ["gb18030", "a,b\n张三,1\n李四,2\n"],
];

describe("guessEncoding", () => {
  it.each(texts)("finds %s in %j", (encoding, text) => {
    const bytes = encodeAs(text, encoding);
    expect(guessEncoding(bytes).encoding).toBe(encoding);
    expect(guessEncoding(Buffer.concat(Array.from({ length: 30 }, () => bytes)))).toMatchObject({
      encoding,
      why: expect.stringMatching(/^\d+ % of its \d+ characters beyond ASCII/) as string,
    });
  });

  it("keeps UTF-8 of which single bytes are damaged", () => {
    const bytes = Buffer.concat([
      Buffer.from("naïve,größer,이름,é\n".repeat(5)),
      Uint8Array.of(0xeb, 10),
    ]);
    expect(guessEncoding(bytes).encoding).toBe("utf-8");
  });
});
