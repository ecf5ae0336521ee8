import { targetImports } from "../../../core/db/list-imports.ts";
import { mayManageTargets } from "../../../core/domain/monitoring/target-access.ts";
import { columnOfTarget } from "../../../core/domain/monitoring/target-file.ts";
import { listScreens } from "../list-screens.ts";
import { statusButton } from "./monitor-words.ts";

/** A list of what is to be watched. */
export const { renderImport: renderTargetImport, renderProblems: renderTargetProblems } = listScreens({
  imports: targetImports,
  maySee: mayManageTargets,
  back: statusButton,
  send: { do: "send-target-file" },
  take: (importId) => ({ do: "import-targets", importId }),
  discard: (importId) => ({ do: "discard-target-import", importId }),
  columnOf: columnOfTarget,
});
