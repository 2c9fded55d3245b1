/**
 * What stands in for photos in the demonstration, where no camera ever was: a few shapes of one colour each, drawn when they are needed.
 * Everything is measured in points of a picture of 480 by 360. By hand, for sharp may read no drawings here: see photos/draw-anew.ts.
 */
import sharp from 'sharp';

export type Scene = keyof typeof SCENES;

type Colour = readonly [red: number, green: number, blue: number];
type Point = readonly [across: number, down: number];

const WIDTH = 480;
const HEIGHT = 360;
/** Drawn finer and made smaller, edges are smooth. */
const FINER = 2;

export async function drawPicture(scene: Scene): Promise<Buffer> {
  const canvas = new Canvas();
  SCENES[scene](canvas);
  const raw = { width: WIDTH * FINER, height: HEIGHT * FINER, channels: 3 } as const;
  return sharp(canvas.pixels, { raw }).resize({ width: WIDTH }).jpeg({ quality: 80 }).toBuffer();
}

class Canvas {
  readonly pixels = Buffer.alloc(WIDTH * FINER * HEIGHT * FINER * 3);

  /** Between these corners, in order. */
  area(colour: Colour, ...corners: Point[]): void {
    const heights = corners.map(([, down]) => down * FINER);
    for (let row = Math.floor(Math.min(...heights)); row < Math.max(...heights); row += 1) {
      const down = (row + 0.5) / FINER;
      const edges = corners.flatMap((corner, place) => crossing(corner, corners[(place + 1) % corners.length], down));
      edges.sort((one, other) => one - other);
      for (let place = 0; place + 1 < edges.length; place += 2) {
        this.#row(row, edges[place] ?? 0, edges[place + 1] ?? 0, colour);
      }
    }
  }

  box(colour: Colour, [left, top]: Point, [right, bottom]: Point): void {
    this.area(colour, [left, top], [right, top], [right, bottom], [left, bottom]);
  }

  disc(colour: Colour, [across, down]: Point, radius: number): void {
    for (let row = Math.floor((down - radius) * FINER); row <= (down + radius) * FINER; row += 1) {
      const away = (row + 0.5) / FINER - down;
      if (Math.abs(away) >= radius) continue;
      const half = Math.sqrt(radius * radius - away * away);
      this.#row(row, across - half, across + half, colour);
    }
  }

  line(colour: Colour, [left, top]: Point, [right, bottom]: Point, width: number): void {
    const length = Math.hypot(right - left, bottom - top);
    const [across, down] = [((top - bottom) / length) * (width / 2), ((right - left) / length) * (width / 2)];
    this.area(
      colour,
      [left + across, top + down],
      [right + across, bottom + down],
      [right - across, bottom - down],
      [left - across, top - down],
    );
  }

  #row(row: number, from: number, to: number, colour: Colour): void {
    if (row < 0 || row >= HEIGHT * FINER) return;
    const first = Math.max(0, Math.round(from * FINER));
    const last = Math.min(WIDTH * FINER, Math.round(to * FINER));
    const start = row * WIDTH * FINER;
    if (first < last) this.pixels.fill(Uint8Array.from(colour), (start + first) * 3, (start + last) * 3);
  }
}

/** Where the line between two corners crosses this height. */
function crossing([across, down]: Point, next: Point | undefined, height: number): number[] {
  if (!next || down > height === next[1] > height) return [];
  return [across + ((height - down) / (next[1] - down)) * (next[0] - across)];
}

const SKY: Colour = [186, 214, 232];
const FAR: Colour = [142, 168, 150];
const FIELD: Colour = [176, 170, 108];
const ROAD: Colour = [206, 196, 178];
const WATER: Colour = [104, 152, 176];
const EARTH: Colour = [134, 104, 72];
const WOOD: Colour = [124, 84, 50];
const BRICK: Colour = [172, 92, 72];
const ROOF: Colour = [86, 84, 92];
const WALL: Colour = [226, 216, 196];
const SKIN: Colour = [222, 178, 144];
const DARK: Colour = [58, 56, 64];
const PAPER: Colour = [250, 248, 240];
const RED: Colour = [186, 44, 40];
const BLUE: Colour = [52, 88, 140];
const GREEN: Colour = [74, 116, 78];
const STEEL: Colour = [176, 180, 186];

const SCENES = {
  sweeping(canvas: Canvas) {
    valley(canvas);
    canvas.area(ROAD, [150, 190], [250, 190], [430, 360], [20, 360]);
    house(canvas, [40, 150]);
    house(canvas, [330, 140]);
    for (const [across, coat] of [
      [150, BLUE],
      [260, RED],
      [350, GREEN],
    ] as const) {
      person(canvas, [across, 300], coat);
      canvas.line(WOOD, [across + 14, 232], [across + 44, 306], 4);
      canvas.area(FIELD, [across + 40, 298], [across + 52, 304], [across + 62, 326], [across + 38, 326]);
    }
  },
  digging(canvas: Canvas) {
    valley(canvas);
    canvas.area(EARTH, [190, 190], [300, 190], [440, 360], [70, 360]);
    canvas.area(WATER, [220, 190], [268, 190], [330, 360], [160, 360]);
    for (const [across, coat] of [
      [110, GREEN],
      [380, BLUE],
    ] as const) {
      const side = across < 240 ? 1 : -1;
      person(canvas, [across, 310], coat);
      canvas.line(WOOD, [across + 10 * side, 240], [across + 60 * side, 312], 5);
      canvas.disc(STEEL, [across + 64 * side, 318], 12);
    }
  },
  school(canvas: Canvas) {
    canvas.box(WALL, [0, 0], [WIDTH, 250]);
    canvas.box(ROAD, [0, 250], [WIDTH, HEIGHT]);
    canvas.box(WOOD, [96, 36], [384, 156]);
    canvas.box(GREEN, [104, 44], [376, 148]);
    for (const down of [66, 90, 114]) canvas.line(PAPER, [126, down], [300 - down, down + 2], 3);
    canvas.box(DARK, [320, 62], [352, 124]);
    canvas.box(PAPER, [324, 68], [348, 116]);
    person(canvas, [70, 290], BLUE);
    for (const [across, coat] of [
      [160, RED],
      [260, GREEN],
      [360, BLUE],
    ] as const) {
      person(canvas, [across, 372], coat);
      canvas.box(WOOD, [across - 40, 316], [across + 40, HEIGHT]);
    }
  },
  sacks(canvas: Canvas) {
    canvas.box(WALL, [0, 0], [WIDTH, 260]);
    canvas.box(ROAD, [0, 260], [WIDTH, HEIGHT]);
    for (const down of [60, 130]) {
      canvas.box(WOOD, [40, down], [440, down + 8]);
      for (let across = 56; across < 420; across += 34) {
        canvas.box(across % 3 === 0 ? RED : across % 2 === 0 ? GREEN : BLUE, [across, down - 36], [across + 24, down]);
      }
    }
    for (const [across, down] of [
      [70, 250],
      [190, 250],
      [310, 250],
      [130, 196],
      [250, 196],
    ] as const) {
      canvas.box(PAPER, [across, down], [across + 110, down + 50]);
      canvas.box(RED, [across + 34, down + 14], [across + 76, down + 36]);
    }
  },
  lock(canvas: Canvas) {
    canvas.box(BRICK, [0, 0], [WIDTH, HEIGHT]);
    canvas.box(WOOD, [110, 20], [370, HEIGHT]);
    canvas.box(DARK, [238, 20], [242, HEIGHT]);
    canvas.box(STEEL, [190, 168], [290, 186]);
    canvas.disc(STEEL, [240, 196], 26);
    canvas.disc(WOOD, [240, 196], 17);
    canvas.box(FIELD, [206, 196], [274, 256]);
    canvas.disc(DARK, [240, 220], 8);
    canvas.box(DARK, [237, 220], [243, 240]);
  },
  board(canvas: Canvas) {
    valley(canvas);
    canvas.box(STEEL, [60, 60], [72, 340]);
    canvas.box(STEEL, [408, 60], [420, 340]);
    canvas.box(RED, [50, 40], [430, 90]);
    canvas.box(BLUE, [50, 90], [430, 280]);
    for (const across of [70, 190, 310]) {
      canvas.box(PAPER, [across, 104], [across + 100, 266]);
      canvas.box(RED, [across + 24, 114], [across + 76, 122]);
      for (let down = 134; down < 236; down += 12) canvas.box(STEEL, [across + 10, down], [across + 90, down + 3]);
      canvas.disc(RED, [across + 76, 250], 10);
    }
  },
  quilt(canvas: Canvas) {
    canvas.box(WALL, [0, 0], [WIDTH, 190]);
    canvas.box(ROAD, [0, 190], [WIDTH, HEIGHT]);
    canvas.box(WATER, [300, 30], [420, 130]);
    canvas.box(PAPER, [358, 30], [362, 130]);
    canvas.area(WOOD, [30, 170], [450, 170], [480, 360], [0, 360]);
    canvas.area(RED, [60, 190], [420, 190], [450, 340], [30, 340]);
    for (let across = 90; across < 420; across += 56) {
      for (const down of [216, 256, 298]) canvas.disc(FIELD, [across, down], 9);
    }
    canvas.area(PAPER, [56, 168], [424, 168], [430, 206], [50, 206]);
  },
} as const;

function valley(canvas: Canvas): void {
  canvas.box(SKY, [0, 0], [WIDTH, 200]);
  canvas.area(FAR, [0, 150], [90, 96], [180, 140], [290, 80], [400, 132], [WIDTH, 104], [WIDTH, 210], [0, 210]);
  canvas.box(FIELD, [0, 190], [WIDTH, HEIGHT]);
}

function house(canvas: Canvas, [left, top]: Point): void {
  canvas.box(BRICK, [left, top], [left + 100, top + 70]);
  canvas.area(ROOF, [left - 10, top], [left + 18, top - 34], [left + 82, top - 34], [left + 110, top]);
  canvas.box(WOOD, [left + 40, top + 26], [left + 62, top + 70]);
  for (const across of [12, 72]) canvas.box(PAPER, [left + across, top + 20], [left + across + 18, top + 40]);
}

/** Upright, at the feet. */
function person(canvas: Canvas, [across, down]: Point, coat: Colour): void {
  canvas.box(DARK, [across - 12, down - 46], [across - 2, down]);
  canvas.box(DARK, [across + 2, down - 46], [across + 12, down]);
  canvas.area(
    coat,
    [across - 12, down - 104],
    [across + 12, down - 104],
    [across + 16, down - 40],
    [across - 16, down - 40],
  );
  canvas.line(coat, [across + 6, down - 94], [across + 18, down - 64], 9);
  canvas.disc(SKIN, [across, down - 118], 14);
  canvas.area(
    DARK,
    [across - 15, down - 120],
    [across - 8, down - 134],
    [across + 8, down - 134],
    [across + 15, down - 120],
  );
}
