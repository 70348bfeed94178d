/** Columns of one query: what planning a query costs grows faster than the columns that it names. */
export const columnsTogether = 100;

/** Up to so many rows one query looks at many columns as one long column: planning a query costs more than the rows. */
export const fewRows = 20_000;
