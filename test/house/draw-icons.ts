/** `npm run icons`: the signs of the installed application, drawn from the one that the pages have. */
import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const FOLDER = 'views/assets/';
const GROUND = '#b3341c';
/** Phones cut a maskable sign to any shape inside its middle four fifths. */
const LARGE = 512;
const INNER = 360;

const svg = await readFile(`${FOLDER}icon.svg`);
const draw = (size: number) =>
  sharp(svg, { density: (72 * size) / 32 })
    .resize(size, size)
    .png({ palette: true });
const inner = await draw(INNER).toBuffer();
const border = (LARGE - INNER) / 2;
const maskable = sharp(inner)
  .flatten({ background: GROUND })
  .extend({ top: border, bottom: border, left: border, right: border, background: GROUND })
  .png({ palette: true });
await writeFile(`${FOLDER}icon-small.png`, await draw(192).toBuffer());
await writeFile(`${FOLDER}icon-large.png`, await draw(LARGE).toBuffer());
await writeFile(`${FOLDER}icon-maskable.png`, await maskable.toBuffer());
