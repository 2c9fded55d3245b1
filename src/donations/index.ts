/** 捐赠: goods and money given, from word to letter. */
export {
  accountedFor,
  addSums,
  type GiftSums,
  type ShownDonor,
  type ShownGift,
  shownGifts,
} from './donation-list.ts';
export { becomeDonor, type Donor, donorOfPerson, donorshipsOf, keepDonor } from './donors.ts';
export { type FundStatement, fundStatement } from './fund-statement.ts';
export { type Gift, readGifts } from './gifts.ts';
export { recordGift } from './record-gift.ts';
export { shelveGift } from './shelve-gift.ts';
export { verifyGifts } from './verify-gifts.ts';
