using System.Buffers;
using System.Globalization;
using System.Text;
using Market.Actors.Journal;
using Market.Actors.Laboratory;
using Market.Node.Records;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Laboratory;

/// <summary>
/// <c>trades.csv</c>: every accepted order, investment, feed and return, straight from the journal. Each pit writes its lines into memory while it is
/// stepped; after each step of all they go to the file in the order of the shards. So it holds one step's lines, not a run's.
/// </summary>
public sealed class TradeTable : IDisposable
{
    private const string Header = "tick,time,team,name,type,shares,price,coins,txnId,bailedOut" + CsvFile.LineEnd;
    private const int FileBuffer = 1 << 20;

    private readonly FileStream _file;
    private readonly SortedDictionary<int, Lines> _lines = [];

    /// <exception cref="IOException">It cannot be written.</exception>
    public TradeTable(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, FileBuffer);
        _file.Write(Encoding.UTF8.GetBytes(Header));
    }

    /// <summary>Who writes a pit's lines. Asked for each stream before the run.</summary>
    public IPitWitness Of(StreamId stream) => _lines[stream.Shard] = new Lines();

    /// <summary>To the file with what was written since.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush()
    {
        foreach (var lines in _lines.Values) { lines.MoveTo(_file); }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The lines of one pit.</summary>
    private sealed class Lines : IPitWitness, IEventFold
    {
        private const int LongestNumbers = 160;

        private readonly ArrayBufferWriter<byte> _written = new();
        private readonly List<byte[]> _names = [];
        private long _tick;

        public void Took(in JournaledTurn turn)
        {
            var header = TurnFormat.Open(turn.Bytes.Span);
            EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], header.Count, header.Time, this);
        }

        public void MoveTo(FileStream file)
        {
            file.Write(_written.WrittenSpan);
            _written.ResetWrittenCount();
        }

        public void On(MarketEvent happened, Timestamp time)
        {
            switch (happened)
            {
                case TraderJoined e: _names.Add(Encoding.UTF8.GetBytes($"{ExportJournal.Quoted(e.Trader.Team)},{ExportJournal.Quoted(e.Trader.Name)}")); break;
                case FloorPriced e: _tick = e.Seq; break;
            }
        }

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            if (happened.Type is TraderEventType.Refused) { return; }
            var name = _names[slot];
            Span<byte> room = _written.GetSpan(LongestNumbers + name.Length + (3 * txnId.Length));
            var at = Text(room, $"{_tick},");
            at += time.Write(room[at..]);
            room[at++] = (byte)',';
            name.CopyTo(room[at..]);
            at += name.Length;
            at += Numbers(room[at..], happened);
            at += Text(room[at..], $",{ExportJournal.Quoted(txnId.ToString())},{(happened.BailedOut ? "true" : "false")}{CsvFile.LineEnd}");
            _written.Advance(at);
        }

        private static int Numbers(Span<byte> room, in TraderEvent happened)
        {
            var amount = new Coins(happened.Amount);
            return happened.Type switch
            {
                TraderEventType.Bought => Text(room, $",BUY,{happened.Amount},{happened.Price},{Cost(happened)}"),
                TraderEventType.Sold => Text(room, $",SELL,{happened.Amount},{happened.Price},{Cost(happened)}"),
                TraderEventType.Fed => Text(room, $",FEED,{happened.Amount},,"),
                TraderEventType.Invested => Text(room, $",INVEST,,,{amount}"),
                _ => Text(room, $",RETURN,,,{amount}"),
            };
        }

        private static Coins Cost(in TraderEvent order) => order.Price.TryTimes(order.Amount, out var cost) ? cost : throw new InvariantBrokenException("An order's cost fits in micro-coins.");

        private static int Text(Span<byte> room, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(room))] ref System.Text.Unicode.Utf8.TryWriteInterpolatedStringHandler text)
        {
            Invariant.Require(System.Text.Unicode.Utf8.TryWrite(room, CultureInfo.InvariantCulture, ref text, out var written), "A line fits where there is room for the longest.");
            return written;
        }
    }
}
