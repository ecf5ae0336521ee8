import { expect, it } from "vitest";
import { askForHosting } from "../../../../bot/replies/hosting/ask-for-hosting.ts";
import { testHosting } from "../../../support/hosting.ts";

it.each([
  ["image", "di dalam image? Tekan Lewati bila memakai port bawaan runtime (8080)"],
  ["static", "aplikasi menjawab? Tekan Lewati bila memakai port bawaan runtime (8080)"],
])("asks for the port of what runs as %s where it can be known", (runtime, words) => {
  expect(askForHosting("port", { runtime }, testHosting)?.ask).toContain(words);
});
