/** The button of a question for files, where the pages are reached. */
export const largeFileLabel = "📤 Berkas lebih dari 20 MB";
