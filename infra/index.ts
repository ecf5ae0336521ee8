import { readFileSync } from "node:fs";
import { getStack } from "@pulumi/pulumi";
import { refuseUnapproved } from "./approved-input.ts";
import { buildApplication } from "./components/application.ts";
import { buildPlatform } from "./components/platform.ts";
import { inputFileOf } from "./stack-files.ts";
import { parseStackInput } from "./stack-input.ts";

/** The program that Pulumi runs. All that it knows of a stack is in one file, which Simpul writes from its database. */
const { SIMPUL_HOME: home } = process.env;
if (!home) throw new Error("set SIMPUL_HOME to the state folder of Simpul, or use npm run pulumi, which does");

const stack = getStack();
const text = readFileSync(inputFileOf(home, stack), "utf8");
const input = parseStackInput(text, stack);
refuseUnapproved(home, stack, text);
if (input.kind === "application") buildApplication(input);
else buildPlatform(input);
