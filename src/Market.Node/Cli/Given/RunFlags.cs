using System.CommandLine;
using System.Globalization;
using System.Net;

namespace Market.Node.Cli.Given;

/// <summary>The options of <c>run</c>.</summary>
public sealed class RunFlags(Verb verb)
{
    private const int MaxBots = 1_000;

    private const double MaxSpeed = 1_000_000;

    private readonly Option<string?> _config = verb.With(Typed.File("--config", "Its configuration."));

    private readonly Option<string?> _data = verb.With(Typed.Folder("--data", "Where the journal and all else is kept (default: ./data)."));

    private readonly Option<IPEndPoint?> _http = verb.With(Typed.Value(
        "--http", "ADDR:PORT", "Where to listen (default: 127.0.0.1:5080).", ReadListen, "an IP address and a port, e.g. 127.0.0.1:5080"));

    private readonly Option<long?> _bots = verb.With(Typed.Whole("--bots", "How many of the house's own traders play.", 0, MaxBots));

    private readonly Option<TimeSpan?> _tick = verb.With(Typed.Value(
        "--tick", "DURATION", "How often the price moves (default: 1s).", ReadTick, "a number and ms, s, m or h, e.g. 500ms; at most a day"));

    private readonly Option<ulong?> _seed = verb.With(Typed.Seed("Of all chance in a market that starts anew (default: drawn)."));

    private readonly Option<string?> _gibbs = verb.With(Typed.File("--gibbs", "Posts to replay: JSON lines of time, author and text."));

    private readonly Option<double?> _speed = verb.With(Typed.Value(
        "--gibbs-speed", "X", "How much faster than they were posted (default: 1).", ReadSpeed, $"a number above 0, at most {MaxSpeed:0}"));

    private readonly Option<bool> _json = verb.With(ClientFlags.NewJson("Say what happens in JSON lines."));

    public RunOptions Read(ParseResult parsed) => new()
    {
        ConfigFile = parsed.GetValue(_config),
        DataFolder = parsed.GetValue(_data),
        Http = parsed.GetValue(_http),
        Bots = (int?)parsed.GetValue(_bots),
        Tick = parsed.GetValue(_tick),
        Seed = parsed.GetValue(_seed),
        GibbsFile = parsed.GetValue(_gibbs),
        GibbsSpeed = parsed.GetValue(_speed),
        Json = parsed.GetValue(_json),
    };

    private static IPEndPoint? ReadListen(string text) => Addresses.TryReadListen(text, out var read) ? read : null;

    private static TimeSpan? ReadTick(string text) => Duration.TryRead(text, out var read) ? read : null;

    private static double? ReadSpeed(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) && read is > 0 and <= MaxSpeed ? read : null;
}
