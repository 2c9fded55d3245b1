/** 每月抽查: lines that a published seed draws, and what the first secretary saw of them. */
export { type Sample, type SampledLine, samples } from './samples.ts';
export { checkLine, publishSeed } from './take-sample.ts';
