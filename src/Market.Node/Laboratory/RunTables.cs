using System.Globalization;
using System.Text;
using Market.Actors.Laboratory;
using Market.Actors.Scores;
using Market.Node.Laboratory.Plot;
using Market.Node.Records;

namespace Market.Node.Laboratory;

/// <summary><c>prices.csv</c>, line by line as prices are drawn; <c>board.csv</c> and <c>run.svg</c> at the end.</summary>
public sealed class RunTables : IDisposable
{
    /// <summary>Traders whose scores are looked at, and how often in a run: a look costs no more than the traders' acting.</summary>
    private const int MostScores = 10_000;
    private const long MostSpreads = 200;

    private readonly RunFolder _folder;
    private readonly LaboratoryPlan _plan;
    private readonly CsvFile _prices;
    private readonly Course _course = new();
    private readonly long _ticksOfSpread;
    private long _volume;
    private long _trades;

    /// <param name="ticks">How many there will be, unless the run is ended early.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public RunTables(RunFolder folder, LaboratoryPlan plan, long ticks)
    {
        (_folder, _plan, _ticksOfSpread) = (folder, plan, Math.Max(1, ticks / MostSpreads));
        _prices = new CsvFile(folder.PathOf(RunFolder.Prices), "seq", "time", "price", "forecast", "base", "hype", "bursting", "trades", "volume");
    }

    /// <summary>The newest price, and the orders accepted and shares traded at it.</summary>
    public void Ticked(LaboratoryMarket market)
    {
        var (tick, done) = (market.Tick, Activity.Sum(market.Activity()));
        var bursting = tick.Bursting ? "true" : "false";
        _prices.Write($"{tick.Seq},{tick.Time},{tick.Price},{tick.Forecast:R},{tick.Base:R},{tick.Hype},{bursting},{done.Trades - _trades},{done.Volume - _volume}");
        _course.Add(tick, done.Volume - _volume);
        (_trades, _volume) = (done.Trades, done.Volume);
        if (tick.Seq % _ticksOfSpread == 0) { AddSpread(market); }
    }

    /// <summary>Writes what there is to be written of the whole run.</summary>
    public void Ended(LaboratoryMarket market)
    {
        WriteBoard(market);
        if (market.Tick.Seq == 0) { return; }
        AddSpread(market);
        using var plot = new StreamWriter(_folder.PathOf(RunFolder.Plot), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var title = string.Create(CultureInfo.InvariantCulture, $"{_plan.Rules.Market}: {_plan.Traders:N0} traders, {market.Tick.Seq:N0} ticks, seed {_plan.Seed}");
        RunPlot.Write(plot, title, $"{_plan.Mix} · journal {market.JournalHash()[..12]}", TimeSpan.FromMilliseconds(_plan.Rules.Price.TickMs), _course);
    }

    /// <summary>Everybody, the best first.</summary>
    private void WriteBoard(LaboratoryMarket market)
    {
        var standing = market.Standing().ToList();
        var parts = standing.ToDictionary(one => one.Key, one => _plan.Mix.Parts[one.Part].Temperament.Name);
        var rows = Ranking.Traders([.. standing.Select(one => (one.Key, one.State))], int.MaxValue);
        using var board = new CsvFile(_folder.PathOf(RunFolder.Board), "rank", "team", "name", "temperament", "score", "fedMonkeys", "bailouts", "coins", "shares", "inFlightInvestments");
        foreach (var row in rows)
        {
            var state = row.State;
            board.Write($"{row.Rank},{ExportJournal.Quoted(row.Trader.Team)},{ExportJournal.Quoted(row.Trader.Name)},{ExportJournal.Quoted(parts[row.Trader])},{state.Score},{state.FedMonkeys},{state.Bailouts},{state.Coins},{state.Shares},{state.InFlightInvestments}");
        }
    }

    public void Dispose() => _prices.Dispose();

    private void AddSpread(LaboratoryMarket market)
    {
        var every = Math.Max(1, _plan.Traders / MostScores);
        _course.Add(Spread.Of(market.Tick.Seq, [.. market.Standing(every).Select(one => one.State.Score)]));
    }
}
