import { transferAsset } from "../../../core/actions/inventory/change-asset.ts";
import { findAsset } from "../../../core/db/inventory/assets.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";
import { officeQuestion } from "../people/office-question.ts";

/** Makes something another office's. Its subject: `assetId`, `version`. */
export const assetTransferForm: Form = {
  name: "asset-transfer",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const asset = await findAsset(db, Number(subject.assetId));
    if (asset === undefined) return undefined;
    const { field, words } = await officeQuestion(db, `${asset.name} dipindahkan ke perangkat daerah mana?`);
    return {
      title: `🏢 Pindahkan ${asset.name} dari ${asset.officeCode}`,
      fields: [field],
      wordsFor: () => words,
      hasReview: true,
      consequence: "Sejak dikirim, perangkat itu milik kantor tersebut. Lokasinya diubah lewat ✏️ Ubah data.",
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const assetId = Number(draft.subject.assetId);
    const officeCode = draft.answers.office ?? "";
    const version = Number(draft.subject.version);
    const moved = await transferAsset(tx, person, setting, { assetId, version, officeCode });
    if (!moved.ok) return moved;
    await reply(conversation, { kind: "asset", assetId });
    return accept(undefined);
  },
};
