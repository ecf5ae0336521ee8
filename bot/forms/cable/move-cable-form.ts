import { moveCableEnd } from "../../../core/actions/cable/move-cable.ts";
import { listNodes } from "../../../core/db/cable/cable-nodes.ts";
import { findCable } from "../../../core/db/cable/cables.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import { cableNumber } from "../../../core/domain/cable/cable.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import { accept, refuse } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { endWords } from "../../replies/cable/cable-words.ts";
import { type Form, noSuggestions } from "../form.ts";
import { chosen, deviceQuestion, portQuestion } from "./port-question.ts";

/** Moves one end of a cable. Its subject: `cableId`, and `useId` of the end. What follows is the cable's page, with its new code. */
export const moveCableForm: Form = {
  name: "move-cable-end",
  takesNoFiles: true,
  plan: async (db, { subject, answers, personId }) => {
    const [person, cable] = [await findPerson(db, personId), await findCable(db, Number(subject.cableId))];
    const moved = cable?.ends.find(({ useId }) => useId === Number(subject.useId));
    const stays = cable?.ends.find((end) => end !== moved);
    if (person === undefined || !mayManageCables(person)) return undefined;
    if (cable === undefined || cable.removedAt !== null || moved === undefined || stays === undefined) return undefined;
    const nodes = await listNodes(db);
    const to = chosen(nodes, answers.device);
    const device = deviceQuestion(nodes, "device", "Perangkat", "Ke perangkat mana?");
    const isBesideStaying = to?.id === stays.node.id;
    const port = await portQuestion(db, to, {
      ...{ name: "port", label: "Port", asksAfter: "device" },
      ...(isBesideStaying ? { except: stays.port } : {}),
    });
    return {
      title: `↔️ Pindahkan ${cableNumber(cable.id)} dari ${endWords(moved)}`,
      fields: [device.field, port.field],
      wordsFor: (field) => (field === "device" ? device.words : port.words),
      hasReview: true,
      consequence: `Ujung yang lain tetap di ${endWords(stays)}. Labelnya diganti dan perlu dicetak lagi.`,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const [cableId, useId] = [Number(subject.cableId), Number(subject.useId)];
    const to = { assetId: Number(answers.device), port: Number(answers.port) };
    const moved = await moveCableEnd(tx, person, setting, { cableId, useId, to });
    if (!moved.ok) {
      const { code, values } = moved.refusal;
      const isAboutPort = code.startsWith("cable-port-") || code === "cable-to-itself" || code === "cable-end-there";
      if (isAboutPort) return refuse(code, { ...values, field: "port" });
      return refuse(code, { ...values, ...(values.end === 0 ? { field: "device" } : {}) });
    }
    await reply(conversation, { kind: "cable", cableId });
    return accept(undefined);
  },
};
