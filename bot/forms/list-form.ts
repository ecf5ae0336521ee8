import type { Setting } from "../../core/actions/setting.ts";
import type { IncomingFile } from "../../core/actions/upload/keep-files.ts";
import type { Tx } from "../../core/db/tables.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { type Form, noSuggestions } from "./form.ts";

/** A form for one list, as a document. It is shown what would be imported before anything is. */
export function listForm({
  name,
  title,
  explanation,
  receive,
}: {
  name: string;
  title: string;
  /** What stands in the file, by line. */
  explanation: readonly string[];
  receive: (tx: Tx, person: Person, setting: Setting, input: { file: IncomingFile }) => Promise<Outcome>;
}): Form {
  return {
    name,
    plan: async () => ({
      title,
      fields: [{ name: "file", kind: "document" }],
      wordsFor: () => ({ label: "Berkas", ask: explanation.join("\n") }),
      hasReview: false,
      suggestions: noSuggestions,
    }),
    takeDocument: async ({ tx, person, setting }, file) => {
      const received = await receive(tx, person, setting, { file });
      return received.ok ? accept("list-received") : received;
    },
    submit: async () => refuse("document-expected"),
  };
}
