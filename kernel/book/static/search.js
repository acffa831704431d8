// Looks for words in all pages. The index, which was made with the book, is loaded at the first use.
"use strict";

const MOST = 20;
const AROUND = 60;

/** The sections that hold all words: those with a word in their title first. */
function find(words) {
  const rank = ({ title, text }) => {
    const [heading, body] = [title.toLowerCase(), text.toLowerCase()];
    const inTitle = words.filter((word) => heading.includes(word)).length;
    const everywhere = words.every((word) => heading.includes(word) || body.includes(word));
    return everywhere ? 1 + inTitle : 0;
  };
  const ranked = SECTIONS.map((section) => [rank(section), section]).filter(([value]) => value > 0);
  // The sort keeps the order of the book among equals.
  return ranked.sort((one, other) => other[0] - one[0]).map(([, section]) => section);
}

/** A little of the text around the first word. */
function excerpt(text, words) {
  const at = Math.max(0, Math.min(...words.map((word) => text.toLowerCase().indexOf(word)).filter((place) => place >= 0)));
  const from = Number.isFinite(at) ? Math.max(0, at - AROUND) : 0;
  return (from > 0 ? "… " : "") + text.slice(from, from + 3 * AROUND) + " …";
}

function show(sections, words, list) {
  const entry = ({ page, anchor, title, text }) => {
    const [item, link, words_around] = ["li", "a", "p"].map((tag) => document.createElement(tag));
    link.href = anchor ? `${page}#${anchor}` : page;
    link.textContent = title;
    words_around.textContent = excerpt(text, words);
    item.append(link, words_around);
    return item;
  };
  const shown = sections.slice(0, MOST).map(entry);
  if (shown.length === 0 && words.length > 0) {
    const nothing = document.createElement("li");
    nothing.textContent = "Nothing was found.";
    shown.push(nothing);
  }
  list.replaceChildren(...shown);
}

function offer(navigation) {
  const [field, list] = [document.createElement("input"), document.createElement("ul")];
  field.type = "search";
  field.placeholder = "Search the book";
  field.setAttribute("aria-label", field.placeholder);
  list.className = "found";
  list.setAttribute("aria-live", "polite");
  const look = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    show(words.length > 0 ? find(words) : [], words, list);
  };
  field.addEventListener(
    "focus",
    () => {
      const index = document.createElement("script");
      index.src = "_static/index.js";
      index.addEventListener("load", () => {
        field.addEventListener("input", look);
        look();
      });
      document.head.append(index);
    },
    { once: true },
  );
  navigation.prepend(field, list);
}

const navigation = document.querySelector("nav");
if (navigation) offer(navigation);
