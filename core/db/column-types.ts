import type { ColumnType, JSONColumnType } from "kysely";

export type Json<T extends object> = JSONColumnType<T, string, string>;
/** A column that the database fills in where the row does not. */
export type JsonWithDefault<T extends object> = ColumnType<T, string | undefined, string>;
