/**
 * The most frequent characters of running text and of tables in each script, most of all those of column names, units
 * and yes/no: evidence for an encoding. Wrongly decoded bytes hit them by chance only.
 */
const hangul =
  "등가각간갈감강개거건격결경계고공과관광교구국군권규그급기김길나날남내년노는다단당대도독동되된두드들등라래량러려력령로록료류률르른를리마만매면명모목무문물미민바박방배번별보부북분불비사산상생서석선설성세소속송수숙순스습시식신실심아안양어업에여역연열영예오온완외요용우운울원월위유율은을의이인일임입자장재적전점정제조종주준중지직진차참천청체초총최추출충취치코크타택터토통특파판평포표품풍피하학한합해행현형호화환회효후";
const kanji =
  "年月日円人名前後時分金額価格数量番号住所県市区町村都道府性別男女会社商品売上高低温度湿天気場地域駅徒歩築面積階建物種類有無合計平均東京大阪国本中出一二三四五六七八九十百千万第回目的内外部品別名称店";
const hanzi =
  "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市号城区县省价格元率数量日期房屋户型楼层总建筑朝卖单车类型品牌颜色温度湿性别男否";

export const frequent = {
  hangul: new Set(hangul),
  japanese: new Set(kanji),
  chinese: new Set(hanzi),
} as const;
