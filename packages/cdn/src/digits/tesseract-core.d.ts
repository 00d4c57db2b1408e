/** Of the WebAssembly build of Tesseract what is used here; the build makes a module of it. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  export interface TessBaseAPI {
    Init(folder: string | null, language: string, engine: number): number;
    SetVariable(name: string, value: string): boolean;
    SetImageFile(orientation: number, angle: number): number;
    Recognize(monitor: null): number;
    GetUTF8Text(): string;
    GetTSVText(page: number): string;
    MeanTextConf(): number;
  }
  export interface TesseractModule {
    readonly FS: { writeFile(path: string, content: Uint8Array): void };
    readonly TessBaseAPI: new () => TessBaseAPI;
  }
  export function TesseractCore(options: { locateFile(name: string): string; print(line: string): void; printErr(line: string): void }): Promise<TesseractModule>;
}

/** Addresses of what lies beside the kit; made by `packages/cdn/build/digit-files.mjs`. */
declare module 'oya:digit-files' {
  export const worker: string;
  export const wasm: string;
  export const data: string;
}
