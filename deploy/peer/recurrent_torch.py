#!/usr/bin/env python3
"""The CPU yardstick of language models: the supernet of DARTS' recurrent cell in plain PyTorch, timed on one machine.

Written for this project from the published description (Liu et al., 2019, appendix A.2), in the usual PyTorch way: one
matrix product for all states that a node reads, one mixed operation for each function, autograd for everything. It prints one
JSON line, so that `fletch bench step --recurrent` can be set beside it in the same run.

  python3 -m venv peer-venv && peer-venv/bin/pip install torch numpy
  peer-venv/bin/python deploy/peer/recurrent_torch.py --vocabulary 10000 --size 300 --batch 64 --bptt 35 --threads 2

What is timed (`step`): forward + backward of the cross-entropy with respect to all weights and alpha, over one window of random
words, with dropout and both regularisations as a search has them; the median over --steps after 2 warm-up steps,
and the least. With --fixed the network of a published cell (DARTS_V2), as retraining has it.
"""
import argparse, json, resource, statistics, time
import torch
from torch import nn
import torch.nn.functional as F

FUNCTIONS = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "identity": lambda x: x}
DARTS_V2 = [("sigmoid", 0), ("relu", 1), ("relu", 1), ("identity", 1), ("tanh", 2), ("sigmoid", 5), ("tanh", 3), ("relu", 5)]


def mask(p, *shape):
    """A dropout mask that all times share."""
    return torch.bernoulli(torch.full(shape, 1 - p)) / (1 - p) if p > 0 else torch.ones(shape)


class Cell(nn.Module):
    def __init__(self, size, nodes, fixed):
        super().__init__()
        self.size, self.nodes, self.fixed = size, nodes, fixed
        self.w0 = nn.Parameter(torch.empty(2 * size, 2 * size).uniform_(-0.04, 0.04))
        self.ws = nn.ParameterList(nn.Parameter(torch.empty(size, 2 * size).uniform_(-0.04, 0.04)) for _ in range(nodes))
        self.norm = None if fixed else nn.BatchNorm1d(size, affine=False)

    def initial(self, x, h, x_mask, h_mask):
        c, g = torch.cat((x * x_mask, h * h_mask), 1).mm(self.w0).split(self.size, 1)
        return h + c.sigmoid() * (g.tanh() - h)

    def step(self, x, h, x_mask, h_mask, p):
        s0 = self.initial(x, h, x_mask, h_mask)
        return self.of_genotype(s0, h_mask) if self.fixed else self.mixed(s0, h_mask, p)

    def mixed(self, s0, h_mask, p):
        states = self.norm(s0).unsqueeze(0)
        edge = 0
        for i in range(self.nodes):
            masked = (states * h_mask).view(-1, self.size)
            c, g = masked.mm(self.ws[i]).view(i + 1, -1, 2 * self.size).split(self.size, 2)
            c = c.sigmoid()
            s = torch.zeros_like(s0)
            for k, f in enumerate(FUNCTIONS.values()):  # column 0 of alpha is none
                weight = p[edge:edge + i + 1, k + 1].view(-1, 1, 1)
                s = s + (weight * (states + c * (f(g) - states))).sum(0)
            states = torch.cat((states, self.norm(s).unsqueeze(0)), 0)
            edge += i + 1
        return states[1:].mean(0)

    def of_genotype(self, s0, h_mask):
        states = [s0]
        for w, (name, j) in zip(self.ws, self.fixed):
            c, g = (states[j] * h_mask).mm(w).split(self.size, 1)
            states.append(states[j] + c.sigmoid() * (FUNCTIONS[name](g) - states[j]))
        return torch.stack(states[1:]).mean(0)


class LanguageModel(nn.Module):
    def __init__(self, a, fixed):
        super().__init__()
        self.a = a
        self.encoder = nn.Embedding(a.vocabulary, a.size)
        nn.init.uniform_(self.encoder.weight, -0.04, 0.04)
        self.bias = nn.Parameter(torch.zeros(a.vocabulary))
        self.cell = Cell(a.size, a.nodes, fixed)
        self.alpha = None if fixed else (1e-3 * torch.randn(a.nodes * (a.nodes + 1) // 2, 5)).requires_grad_()

    def loss(self, tokens, targets, h):
        a = self.a
        x = self.encoder(tokens) * mask(a.dropout_embedding, a.batch, a.size)
        x_mask, h_mask = mask(a.dropout_input, a.batch, a.size), mask(a.dropout_hidden, a.batch, a.size)
        p = None if self.alpha is None else F.softmax(self.alpha, -1)
        outputs = []
        for t in range(a.bptt):
            h = self.cell.step(x[t], h, x_mask, h_mask, p)
            outputs.append(h)
        outputs = torch.stack(outputs)
        dropped = outputs * mask(a.dropout, a.batch, a.size)
        logits = F.linear(dropped.view(-1, a.size), self.encoder.weight, self.bias)
        return F.cross_entropy(logits, targets.view(-1)) + 1e-3 * (outputs[1:] - outputs[:-1]).pow(2).mean()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--vocabulary", type=int, default=10000)
    p.add_argument("--size", type=int, default=300)
    p.add_argument("--nodes", type=int, default=8)
    p.add_argument("--batch", type=int, default=64)
    p.add_argument("--bptt", type=int, default=35)
    p.add_argument("--steps", type=int, default=5)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--fixed", action="store_true", help="the network of the published cell DARTS_V2")
    for name, value in (("dropout", .75), ("dropout-hidden", .25), ("dropout-input", .75), ("dropout-embedding", .2)):
        p.add_argument("--" + name, type=float, default=value)
    a = p.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(a.threads)
    net = LanguageModel(a, DARTS_V2 if a.fixed else None)
    tokens, targets = torch.randint(a.vocabulary, (2, a.bptt, a.batch))
    h = torch.zeros(a.batch, a.size)
    wanted = list(net.parameters()) + ([] if a.fixed else [net.alpha])
    step, forward = [], []
    for _ in range(a.steps + 2):
        t = time.perf_counter()
        torch.autograd.grad(net.loss(tokens, targets, h), wanted)
        step.append(time.perf_counter() - t)
    with torch.no_grad():
        for _ in range(a.steps):
            t = time.perf_counter()
            net.loss(tokens, targets, h)
            forward.append(time.perf_counter() - t)
    print(json.dumps({
        "engine": "pytorch " + torch.__version__, "device": "cpu", "threads": a.threads,
        "weights": sum(w.numel() for w in net.parameters()),
        "stepSecondsMedian": round(statistics.median(step[2:]), 4),
        "stepSecondsLeast": round(min(step[2:]), 4),
        "forwardSecondsMedian": round(statistics.median(forward), 4),
        "peakRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
