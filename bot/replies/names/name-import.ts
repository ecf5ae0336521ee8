import { nameImports } from "../../../core/db/list-imports.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { listScreens } from "../list-screens.ts";
import { namesButton } from "./name-words.ts";

/** A list of villages and names. */
export const { renderImport: renderNameImport, renderProblems: renderNameProblems } = listScreens({
  imports: nameImports,
  maySee: mayManageAddresses,
  back: namesButton,
  send: { do: "send-name-file" },
  take: (importId) => ({ do: "import-names", importId }),
  discard: (importId) => ({ do: "discard-name-import", importId }),
});
