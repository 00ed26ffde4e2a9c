"use strict";
(function () {
  // Tables: a button in each heading sorts by what the cells stand for.
  document.querySelectorAll("table").forEach(function (table) {
    var body = table.tBodies[0];
    if (!body || body.rows.length < 2 || !table.tHead) return;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var numeric = head.classList.contains("n") || head.classList.contains("o");
        var up = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "descending" : !numeric;
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (h) { h.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        var rows = Array.prototype.slice.call(body.rows);
        rows.sort(function (a, b) {
          var x = a.cells[column], y = b.cells[column];
          if (!x || !y) return 0;
          if (!numeric) return (up ? 1 : -1) * x.textContent.localeCompare(y.textContent);
          var p = x.dataset.v === undefined ? NaN : +x.dataset.v, q = y.dataset.v === undefined ? NaN : +y.dataset.v;
          if (isNaN(p) || isNaN(q)) return (isNaN(p) ? 1 : 0) - (isNaN(q) ? 1 : 0);
          return up ? p - q : q - p;
        });
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  });

  // What is linked to must not hide in something folded.
  function reveal(el) {
    for (var up = el && el.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  }
  function revealHash() {
    var el = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (el) { reveal(el); el.scrollIntoView(); }
  }
  window.addEventListener("hashchange", revealHash);
  revealHash();
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.r").forEach(function (d) { d.open = true; });
  });

  document.querySelectorAll(".discussion").forEach(function (box) {
    var bar = box.querySelector(".bar"), tree = box.querySelector(".tree");
    var search = bar.querySelector("[name=q]"), author = bar.querySelector("[name=author]"), order = bar.querySelector("[name=order]"), out = bar.querySelector("output");
    var comments = Array.prototype.slice.call(tree.querySelectorAll(".c"));
    if (!comments.length) return;
    bar.hidden = false;
    var flat = document.createElement("ol");
    flat.className = "tree gone";
    tree.after(flat);
    var items = comments.map(function (c, n) {
      var who = c.querySelector(".who").textContent;
      return { el: c, home: c.parentElement, n: n, who: who, heat: num(c.dataset.h), drift: num(c.dataset.d), time: c.dataset.t ? Date.parse(c.dataset.t) : NaN, words: null, up: null };
    });
    function num(s) { return s === undefined ? NaN : +s; }
    var byHome = new Map();
    items.forEach(function (it) { byHome.set(it.home, it); });
    items.forEach(function (it) {
      var li = it.home.parentElement.closest("li");
      it.up = li && tree.contains(li) ? byHome.get(li) : null;
    });
    var counts = new Map();
    items.forEach(function (it) { counts.set(it.who, (counts.get(it.who) || 0) + 1); });
    Array.from(counts).sort(function (a, b) { return b[1] - a[1] || a[0].localeCompare(b[0]); }).forEach(function (pair) {
      var o = document.createElement("option");
      o.value = pair[0];
      o.textContent = pair[0] + " (" + pair[1] + ")";
      author.appendChild(o);
    });
    function plain(s) { return s.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

    function update() {
      var want = plain(search.value.trim()).split(/\s+/).filter(Boolean), who = author.value, mode = order.value, filtered = want.length > 0 || who !== "";
      var hits = items.filter(function (it) {
        if (who && it.who !== who) return false;
        if (!want.length) return true;
        if (it.words === null) it.words = plain(it.who + "\n" + it.el.querySelector(".text").textContent);
        return want.every(function (w) { return it.words.indexOf(w) >= 0; });
      });
      var isFlat = mode !== "thread";
      tree.classList.toggle("gone", isFlat);
      flat.classList.toggle("gone", !isFlat);
      items.forEach(function (it) {
        if (it.el.parentElement !== it.home) it.home.prepend(it.el);
        it.home.classList.remove("gone", "ctx");
      });
      flat.textContent = "";
      if (isFlat) {
        var value = { heat: function (it) { return it.heat; }, drift: function (it) { return it.drift; }, time: function (it) { return it.time; } }[mode];
        hits.slice().sort(function (a, b) {
          var x = value(a), y = value(b);
          if (isNaN(x) || isNaN(y)) return (isNaN(x) ? 1 : 0) - (isNaN(y) ? 1 : 0) || a.n - b.n;
          return (mode === "time" ? x - y : y - x) || a.n - b.n;
        }).forEach(function (it) {
          var li = document.createElement("li");
          li.appendChild(it.el);
          flat.appendChild(li);
        });
      } else if (filtered) {
        var keep = new Set(hits), context = new Set();
        hits.forEach(function (it) {
          for (var up = it.up; up && !context.has(up); up = up.up) context.add(up);
        });
        items.forEach(function (it) {
          if (keep.has(it)) return;
          it.home.classList.add(context.has(it) ? "ctx" : "gone");
        });
      }
      out.textContent = filtered ? out.dataset.shown.replace("{1}", hits.length).replace("{2}", items.length) : "";
    }
    var timer;
    search.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(update, 120); });
    author.addEventListener("change", update);
    order.addEventListener("change", update);
    bar.querySelector("[name=fold]").addEventListener("click", function () {
      var all = Array.prototype.slice.call(tree.querySelectorAll("details.r")), open = all.some(function (d) { return d.open; });
      all.forEach(function (d) { d.open = !open; });
    });

    function visible() {
      return items.filter(function (it) { return it.el.offsetParent !== null; })
        .sort(function (a, b) { return a.el.compareDocumentPosition(b.el) & 4 ? -1 : 1; });
    }
    function go(el) { reveal(el); el.focus({ preventScroll: true }); el.scrollIntoView({ block: "start" }); }
    document.addEventListener("keydown", function (e) {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
      if (e.key === "Escape" && bar.contains(e.target)) { search.value = ""; author.value = ""; order.value = "thread"; update(); e.target.blur(); return; }
      if (typing) return;
      var current = e.target.closest ? e.target.closest(".c") : null;
      // With several discussions on the page, keys belong to the one in use, else to the first.
      if (current ? !box.contains(current) : box !== document.querySelector(".discussion")) return;
      if (e.key === "/") { e.preventDefault(); search.focus(); return; }
      var list, at;
      if (e.key === "j" || e.key === "k") {
        list = visible().map(function (it) { return it.el; });
        at = list.indexOf(current);
        at = e.key === "j" ? at + 1 : Math.max(0, at - 1);
        if (list[at]) go(list[at]);
      } else if (e.key === "h") {
        list = items.filter(function (it) { return !isNaN(it.heat) && !it.el.closest(".gone, .ctx > .c"); }).sort(function (a, b) { return b.heat - a.heat || a.n - b.n; }).map(function (it) { return it.el; });
        at = (list.indexOf(current) + 1) % list.length;
        if (list[at]) go(list[at]);
      } else if (e.key === "p" && current) {
        var up = current.querySelector(".up");
        if (up) go(document.getElementById(up.getAttribute("href").slice(1)));
      } else if (e.key === "o" && current) {
        var replies = current.parentElement.querySelector(":scope > details.r");
        if (replies) replies.open = !replies.open;
      }
    });
  });
})();
