using Market.Actors.Laboratory;
using Market.Actors.Scores;
using Market.Node.Records;

namespace Market.Node.Laboratory;

/// <summary><c>prices.csv</c>, line by line as prices are drawn, and <c>board.csv</c> at the end.</summary>
public sealed class RunTables : IDisposable
{
    private readonly RunFolder _folder;
    private readonly CsvFile _prices;
    private long _volume;
    private long _trades;

    /// <exception cref="IOException">They cannot be written.</exception>
    public RunTables(RunFolder folder)
    {
        _folder = folder;
        _prices = new CsvFile(folder.PathOf(RunFolder.Prices), "seq", "time", "price", "forecast", "base", "hype", "bursting", "trades", "volume");
    }

    /// <summary>The newest price, and the orders accepted and shares traded at it.</summary>
    public void Ticked(LaboratoryMarket market)
    {
        var (tick, done) = (market.Tick, Activity.Sum(market.Activity()));
        var bursting = tick.Bursting ? "true" : "false";
        _prices.Write($"{tick.Seq},{tick.Time},{tick.Price},{tick.Forecast:R},{tick.Base:R},{tick.Hype},{bursting},{done.Trades - _trades},{done.Volume - _volume}");
        (_trades, _volume) = (done.Trades, done.Volume);
    }

    /// <summary>Everybody, the best first.</summary>
    public void Ended(LaboratoryMarket market, LaboratoryPlan plan)
    {
        var standing = market.Standing().ToList();
        var parts = standing.ToDictionary(one => one.Key, one => plan.Mix.Parts[one.Part].Temperament.Name);
        var rows = Ranking.Traders([.. standing.Select(one => (one.Key, one.State))], int.MaxValue);
        using var board = new CsvFile(_folder.PathOf(RunFolder.Board), "rank", "team", "name", "temperament", "score", "fedMonkeys", "bailouts", "coins", "shares", "inFlightInvestments");
        foreach (var row in rows)
        {
            var state = row.State;
            board.Write($"{row.Rank},{ExportJournal.Quoted(row.Trader.Team)},{ExportJournal.Quoted(row.Trader.Name)},{ExportJournal.Quoted(parts[row.Trader])},{state.Score},{state.FedMonkeys},{state.Bailouts},{state.Coins},{state.Shares},{state.InFlightInvestments}");
        }
    }

    public void Dispose() => _prices.Dispose();
}
