/** 捐赠: goods and money given, from word to letter. */
export { donorOfPerson } from './donors.ts';
export { readGifts } from './gifts.ts';
export { recordGift } from './record-gift.ts';
