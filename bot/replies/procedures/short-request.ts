import type { ProcedureWords } from "../procedure-words.ts";
import { requestWords } from "../ticket/request-words.ts";

/** An entry of the catalogue that nobody has to approve. */
export const words: ProcedureWords = {
  ...requestWords,
  title: "Permintaan layanan",
  file: "Ajukan permintaan layanan",
};
