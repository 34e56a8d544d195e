// The slider over epochs; without this script the page shows the last epoch.
(function () {
  var slider = document.getElementById("alpha-slider");
  var data = document.getElementById("alpha-data");
  if (!slider || !data) return;
  var alpha = JSON.parse(data.textContent);
  var input = slider.querySelector("input");
  function show() {
    var epoch = alpha.epochs[Number(input.value)];
    var caption = "epoch " + epoch.epoch + ", T = " + epoch.t;
    slider.querySelector("output").textContent = caption;
    document.querySelectorAll("[data-caption]").forEach(function (e) { e.textContent = caption; });
    document.querySelectorAll("svg.heat").forEach(function (map) {
      var weights = epoch[map.dataset.cell];
      var kept = epoch.kept[map.dataset.cell];
      map.querySelectorAll("g[data-i]").forEach(function (square) {
        var i = Number(square.dataset.i);
        var opacity = Math.min(1, Math.max(0, weights[i] / alpha.highest));
        var title = square.querySelector("title");
        title.textContent = title.textContent.replace(/[^ ]*$/, weights[i].toFixed(3));
        square.setAttribute("class", kept.indexOf(i) >= 0 ? "kept" : "");
        square.querySelector("rect").setAttribute("fill-opacity", opacity);
        var text = square.querySelector("text");
        text.setAttribute("class", opacity > alpha.full ? "full" : "");
        text.textContent = weights[i].toFixed(2);
      });
    });
  }
  input.addEventListener("input", show);
  slider.hidden = false;
  show();
})();
