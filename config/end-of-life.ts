import { fileURLToPath } from "node:url";
import type { EndOfLife } from "../core/domain/hosting/checks/end-of-life.ts";
import { OperatorFault } from "../core/domain/operator-fault.ts";
import { endOfLifeFile } from "./end-of-life-schema.ts";
import { describeProblem, type FileProblem, readYaml } from "./yaml-file.ts";

const ownFolder = fileURLToPath(new URL(".", import.meta.url));
const fileName = "end-of-life.yaml";

export class EndOfLifeError extends OperatorFault {
  override readonly name = "EndOfLifeError";
  readonly problems: FileProblem[];

  constructor(problems: FileProblem[]) {
    super(`reading the ends of life:\n${problems.map(describeProblem).join("\n")}`);
    this.problems = problems;
  }
}

/**
 * Until when runtimes and frameworks are maintained, read from `end-of-life.yaml`.
 *
 * @param folder where the file lies; tests give their own
 * @throws EndOfLifeError with all problems of the file
 */
export function loadEndOfLife(folder = ownFolder): EndOfLife {
  const read = readYaml(folder, fileName, endOfLifeFile);
  if (!read.ok) throw new EndOfLifeError(read.problems);
  return read.value;
}
