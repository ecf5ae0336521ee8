import { environmentOrExit } from "../config/environment-or-exit.ts";
import { examine } from "./doctor/examine.ts";
import { describeFinding } from "./doctor/finding.ts";

/** `npm run doctor`: one line for each finding; code 0, or 1 where something fails, or 2 in a wrong environment. */
const environment = environmentOrExit();
let hasFailed = false;
for await (const finding of examine(environment)) {
  hasFailed ||= finding.grade === "fail";
  process.stdout.write(`${describeFinding(finding)}\n`);
}
process.exit(hasFailed ? 1 : 0);
