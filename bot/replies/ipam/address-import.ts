import { addressImports } from "../../../core/db/list-imports.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { listScreens } from "../list-screens.ts";
import { listButton } from "./address-words.ts";

/** A list of prefixes and addresses. */
export const { renderImport: renderAddressImport, renderProblems: renderAddressProblems } = listScreens({
  imports: addressImports,
  maySee: mayManageAddresses,
  back: listButton,
  send: { do: "send-address-file" },
  take: (importId) => ({ do: "import-addresses", importId }),
  discard: (importId) => ({ do: "discard-address-import", importId }),
});
