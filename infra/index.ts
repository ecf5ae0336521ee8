import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getStack } from "@pulumi/pulumi";
import { buildApplication } from "./components/application.ts";
import { buildPlatform } from "./components/platform.ts";
import { parseStackInput } from "./stack-input.ts";

/** The program that Pulumi runs. All that it knows of a stack is in one file, which Simpul writes from its database. */
const { SIMPUL_HOME: home } = process.env;
if (!home) throw new Error("set SIMPUL_HOME to the state folder of Simpul, or use npm run pulumi, which does");

const input = parseStackInput(readFileSync(join(home, "stacks", `${getStack()}.json`), "utf8"), getStack());
if (input.kind === "application") buildApplication(input);
else buildPlatform(input);
