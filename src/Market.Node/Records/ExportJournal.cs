using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Views;
using Market.Node.Cli;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Records;

/// <summary><c>export</c>: the board, prices, gibbs or events of a market out of its journal, as a table or as JSON lines.</summary>
public static class ExportJournal
{
    /// <returns>0 when done, 1 when the journal could not be read.</returns>
    public static Task<int> RunAsync(ExportOptions options, CancellationToken cancel) => Task.Run(() => Run(options), cancel);

    private static int Run(ExportOptions options)
    {
        try
        {
            using var journal = JournalToRead.Open(options.DataFolder, options.Cluster);
            var rules = RulesCodec.OfJournal(journal, new MarketRules { Market = options.Market })
                ?? throw new JournalUnavailableException($"The journal knows no market {options.Market}.");
            using var output = options.OutFile is { } file ? new StreamWriter(file, append: false, Utf8) : new StreamWriter(Console.OpenStandardOutput(), Utf8);
            if (options.Subject is ExportSubject.Events) { new EventExport(journal, rules, output, options.Format).Write(); }
            else { Write(View(journal, rules), options, output); }
            return ExitCode.Done;
        }
        catch (Exception failed) when (failed is JournalUnavailableException or JournalCorruptException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failed.Message);
            return ExitCode.Failed;
        }
    }

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static MarketView View(IJournal journal, MarketRules rules)
    {
        var view = new MarketView(rules.Market, rules.Shards, rules.Teams, int.MaxValue, int.MaxValue, new Deaf());
        var follower = new NodeViews(new Dictionary<MarketId, MarketView> { [rules.Market] = view });
        foreach (var turn in journal.Read(Enumerable.Range(0, rules.Shards).ToDictionary(shard => new StreamId(rules.Market, shard), _ => 1L)))
        {
            follower.Committed(turn);
        }
        return view;
    }

    private static void Write(MarketView view, ExportOptions options, StreamWriter output)
    {
        var csv = options.Format is ExportFormat.Csv;
        switch (options.Subject)
        {
            case ExportSubject.Prices:
                if (csv) { output.WriteLine("seq,time,price,forecast,base,hype,bursting"); }
                foreach (var tick in view.PricesFrom(1, int.MaxValue))
                {
                    output.WriteLine(csv
                        ? string.Create(CultureInfo.InvariantCulture, $"{tick.Seq},{tick.Time},{tick.Price},{tick.Forecast:R},{tick.Base:R},{tick.Hype},{(tick.Bursting ? "true" : "false")}")
                        : Json(json => MessageWriter.Write(json, options.Market, tick)));
                }
                break;
            case ExportSubject.Gibbs:
                if (csv) { output.WriteLine("id,time,author,text,source,points,counted"); }
                foreach (var gibb in view.LastGibbs(int.MaxValue))
                {
                    output.WriteLine(csv
                        ? string.Join(',', gibb.Id, gibb.Time, Quoted(gibb.Author), Quoted(gibb.Text), Quoted(gibb.Source), gibb.Points, gibb.Counted ? "true" : "false")
                        : Json(json => MessageWriter.Write(json, gibb)));
                }
                break;
            default:
                WriteBoard(view.Board(int.MaxValue, LastMoment(view)), csv, output);
                break;
        }
    }

    /// <summary>A board out of a journal has the journal's time, so that the same journal gives the same bytes.</summary>
    private static Timestamp LastMoment(MarketView view) => view.LastTime;

    private static void WriteBoard(Board board, bool csv, StreamWriter output)
    {
        if (!csv)
        {
            output.WriteLine(Json(json => MessageWriter.Write(json, board)));
            return;
        }
        output.WriteLine("rank,team,name,score,fedMonkeys,bailouts,coins,shares,inFlightInvestments");
        foreach (var row in board.Traders)
        {
            var state = row.State;
            output.WriteLine(string.Join(',', row.Rank, Quoted(row.Trader.Team), Quoted(row.Trader.Name), state.Score, state.FedMonkeys, state.Bailouts, state.Coins, state.Shares, state.InFlightInvestments));
        }
    }

    /// <summary>RFC 4180; and a text that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    internal static string Quoted(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    internal static string Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, MessageWriter.Options)) { write(json); }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private sealed class Deaf : IMarketListener
    {
        public void Ticked(MarketId market, in PriceTick tick)
        {
        }

        public void Posted(MarketId market, Gibb gibb)
        {
        }

        public void Moved(MarketId market, MarketStatus status)
        {
        }
    }
}
