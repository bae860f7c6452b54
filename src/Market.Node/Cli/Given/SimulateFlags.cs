using System.CommandLine;
using System.CommandLine.Parsing;
using Market.Actors.Laboratory;
using Market.Protocol.Values;

namespace Market.Node.Cli.Given;

/// <summary>The options of <c>simulate</c>.</summary>
public sealed class SimulateFlags
{
    private const int MostTraders = 10_000_000;
    private const long MostTicks = 100_000_000;
    private const int MostShards = 1_024;
    private const int MostReplications = 100_000;
    private const int MostThreads = 1_024;
    private const int MostNodes = 9;

    private readonly Option<long?> _traders = Typed.Whole("--traders", $"How many traders play (default: {SimulateOptions.DefaultTraders}).", 1, MostTraders);
    private readonly Option<long?> _ticks = Typed.Whole("--ticks", $"How many prices are drawn (default: {SimulateOptions.DefaultTicks}).", 1, MostTicks);
    private readonly Option<ulong?> _seed = Typed.Seed($"Of all chance (default: {SimulateOptions.DefaultSeed}).");
    private readonly Option<Mix?> _bots;
    private readonly Option<MarketId> _market = Typed.Market();
    private readonly Option<long?> _shards = Typed.Whole("--shards", "How many shards share the market (default: as configured).", 1, MostShards);
    private readonly Option<long?> _replications = Typed.Whole("--replications", "How many runs, each with a seed of its own; prints means and confidence intervals.", 1, MostReplications);
    private readonly Option<long?> _threads = Typed.Whole("--threads", "Most threads that work (default: one for each processor).", 1, MostThreads);
    private readonly Option<string?> _out = Typed.Folder("--out", "Write tables and a plot of the run into this folder.");
    private readonly Option<bool> _noTrades = new("--no-trades") { Description = "Leave out trades.csv, the long one." };
    private readonly Option<string?> _journal = Typed.Folder("--journal", "Keep the journal in this new folder, for verify and export.");
    private readonly Option<string?> _config = Typed.File("--config", "The configuration whose rules are played by.");
    private readonly Option<bool> _yes = new("--yes") { Description = "Write over files of an earlier run." };
    private readonly Option<bool> _faults = new("--faults") { Description = "Try the engine instead: disks, wires, clocks and machines fail, and every law of the game must hold." };
    private readonly Option<long?> _nodes = Typed.Whole("--nodes", "With --faults: so many nodes over one broker and one database, which fail as well (default: 1, alone).", 1, MostNodes);
    private readonly Option<bool> _json = ClientFlags.NewJson();

    public SimulateFlags(Verb verb)
    {
        _bots = new Option<Mix?>("--bots")
        {
            Description = "Who plays: names and weights, e.g. contrarian=20,investor=10 (default: the house's temperaments in equal parts).",
            HelpName = "SPEC",
            CustomParser = ReadMix,
        };
        Symbol[] all = [_traders, _ticks, _seed, _bots, _market, _shards, _replications, _threads, _out, _noTrades, _journal, _config, _yes, _faults, _nodes, _json];
        foreach (var option in all) { verb.With(option); }
        verb.Validators.Add(given =>
        {
            Option[] ofLaboratory = [_traders, _ticks, _bots, _market, _shards, _out, _noTrades, _journal, _config, _yes];
            if (given.GetValue(_faults) && ofLaboratory.FirstOrDefault(option => given.GetResult(option) is { Implicit: false }) is { } other)
            {
                given.AddError($"{other.Name} is of the laboratory; --faults goes with --seed, --nodes, --replications, --threads and --json.");
            }
            if (!given.GetValue(_faults) && given.GetValue(_nodes) is not null) { given.AddError("--nodes is of trials; it goes with --faults."); }
            if (given.GetValue(_journal) is not null && given.GetValue(_replications) > 1) { given.AddError("--journal keeps one run; --replications makes several."); }
        });
    }

    public SimulateOptions Read(ParseResult parsed) => new()
    {
        Traders = (int)(parsed.GetValue(_traders) ?? SimulateOptions.DefaultTraders),
        Ticks = parsed.GetValue(_ticks) ?? SimulateOptions.DefaultTicks,
        Seed = parsed.GetValue(_seed) ?? SimulateOptions.DefaultSeed,
        Bots = parsed.GetValue(_bots) ?? Mix.Even,
        Market = parsed.GetValue(_market),
        Shards = (int?)parsed.GetValue(_shards),
        Replications = (int)(parsed.GetValue(_replications) ?? 1),
        Threads = (int?)parsed.GetValue(_threads),
        OutFolder = parsed.GetValue(_out),
        WithTrades = !parsed.GetValue(_noTrades),
        JournalFolder = parsed.GetValue(_journal),
        ConfigFile = parsed.GetValue(_config),
        Yes = parsed.GetValue(_yes),
        Faults = parsed.GetValue(_faults),
        Nodes = (int)(parsed.GetValue(_nodes) ?? 1),
        Json = parsed.GetValue(_json),
    };

    private static Mix? ReadMix(ArgumentResult given)
    {
        var mix = Mix.Read(given.Tokens.Count > 0 ? given.Tokens[^1].Value : "", out var problem);
        if (mix is null) { given.AddError($"--bots: {problem}"); }
        return mix;
    }
}
