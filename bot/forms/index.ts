import { addressImportForm } from "./address-import-form.ts";
import { addressSearchForm } from "./address-search-form.ts";
import { announcementForm, changeForm } from "./announcement-form.ts";
import { announcementRejectionForm, withdrawalForm } from "./announcement-reason-forms.ts";
import { assetChangeForm, assetForm } from "./asset-forms.ts";
import { assetImportForm } from "./asset-import-form.ts";
import { assetLinkForm, assetSearchForm } from "./asset-search-forms.ts";
import { assetTransferForm } from "./asset-transfer-form.ts";
import { availabilityDaysForm } from "./availability-days-form.ts";
import { cableSearchForm } from "./cable-search-form.ts";
import { checkForm } from "./check-form.ts";
import { correctAddressForm } from "./correct-address-form.ts";
import { filingForm } from "./filing-form.ts";
import type { Form } from "./form.ts";
import { freezeForm } from "./freeze-form.ts";
import { giveAddressForm } from "./give-address-form.ts";
import { giveNameForm } from "./give-name-form.ts";
import { importForm } from "./import-form.ts";
import { isolationDecisionForm, isolationForm } from "./isolation-forms.ts";
import { keepRangeForm } from "./keep-range-form.ts";
import { layCableForm } from "./lay-cable-form.ts";
import { leavingForm } from "./leaving-form.ts";
import { maintenanceForm } from "./maintenance-form.ts";
import { messageForm } from "./message-form.ts";
import { ministryForm } from "./ministry-form.ts";
import { moveCableForm } from "./move-cable-form.ts";
import { nameImportForm } from "./name-import-form.ts";
import { nameSearchForm } from "./name-search-form.ts";
import { personForm } from "./person-form.ts";
import { movePlaceForm, reservePortForm, returnDeviceForm, usePlaceForm } from "./place-forms.ts";
import { pointNameForm } from "./point-name-form.ts";
import { posterForm } from "./poster-form.ts";
import { prefixForm, renamePrefixForm } from "./prefix-forms.ts";
import { putInRackForm } from "./put-in-rack-form.ts";
import { changeFeedForm, feedForm, rackForm, rackHeightForm, renameRoomForm, roomForm } from "./rack-forms.ts";
import { ratingForm } from "./rating-form.ts";
import { recordForm } from "./record-form.ts";
import { rejectionForm } from "./rejection-form.ts";
import { reportForm } from "./report-form.ts";
import { rosterChangeForm, rosterForm } from "./roster-forms.ts";
import { searchForm } from "./search-form.ts";
import { endShiftForm, handOverForm } from "./shift-forms.ts";
import { stepForm } from "./step-form.ts";
import { substitutionForm } from "./substitution-form.ts";
import { targetChangeForm, targetForm } from "./target-form.ts";
import { targetImportForm } from "./target-import-form.ts";
import { targetSearchForm } from "./target-search-form.ts";
import { ticketForms } from "./ticket-forms.ts";
import { ticketSearchForm } from "./ticket-search-form.ts";
import { transferForm } from "./transfer-form.ts";
import { unsortedForm } from "./unsorted-form.ts";
import { villageForm } from "./village-form.ts";

const forms: readonly Form[] = [
  filingForm,
  reportForm,
  stepForm,
  messageForm,
  ratingForm,
  personForm,
  searchForm,
  ticketSearchForm,
  handOverForm,
  endShiftForm,
  rosterForm,
  rosterChangeForm,
  transferForm,
  leavingForm,
  posterForm,
  rejectionForm,
  importForm,
  freezeForm,
  substitutionForm,
  announcementForm,
  changeForm,
  announcementRejectionForm,
  withdrawalForm,
  prefixForm,
  renamePrefixForm,
  giveAddressForm,
  correctAddressForm,
  keepRangeForm,
  addressSearchForm,
  addressImportForm,
  layCableForm,
  moveCableForm,
  cableSearchForm,
  roomForm,
  renameRoomForm,
  rackForm,
  rackHeightForm,
  feedForm,
  changeFeedForm,
  putInRackForm,
  usePlaceForm,
  movePlaceForm,
  returnDeviceForm,
  reservePortForm,
  giveNameForm,
  pointNameForm,
  villageForm,
  ministryForm,
  recordForm,
  nameSearchForm,
  nameImportForm,
  assetForm,
  assetChangeForm,
  assetTransferForm,
  assetSearchForm,
  assetLinkForm,
  assetImportForm,
  isolationForm,
  isolationDecisionForm,
  targetForm,
  targetChangeForm,
  targetSearchForm,
  targetImportForm,
  checkForm,
  maintenanceForm,
  availabilityDaysForm,
  unsortedForm,
  ...Object.values(ticketForms),
];

export function findForm(name: string): Form {
  const found = forms.find((form) => form.name === name);
  if (found === undefined) throw new Error(`no form is named ${name}`);
  return found;
}
