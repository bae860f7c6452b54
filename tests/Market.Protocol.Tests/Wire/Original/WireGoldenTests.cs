using System.Text;
using System.Text.Json;
using Market.Fixtures;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;
using Market.Protocol.Wire.Original;

namespace Market.Protocol.Tests.Wire.Original;

/// <summary>Bytes that the original's own classes wrote.</summary>
public sealed class WireGoldenTests
{
    private static readonly string[] Objects = ["Trader", "MarketOrder", "Investment", "FeedMonkeys", "TraderState", "TxnResult", "SharePriceInfo", "Gibb"];
    private static readonly string[] Floats = ["coins", "forecast", "invested"];

    /// <summary>Left out: texts that no JSON can hold, floats that only old Javas write so, times that .NET does not know, and what is not one object.</summary>
    private static IEnumerable<JsonElement> Rows =>
        Golden.Rows("wire.jsonl").Where(row =>
            Objects.Contains(row.Text("type")) && row.GetProperty("bytesBase64").ValueKind is JsonValueKind.String
            && !row.TryGetProperty("javaDoubleQuirk", out _) && !row.TryGetProperty("utf16Hex", out _)
            && !(row.TryGetProperty("note", out var note) && note.GetString()!.Contains("outside .NET", StringComparison.Ordinal)));

    [Fact]
    public void Every_object_is_written_as_the_original_wrote_it_to_the_byte()
    {
        var wrong = Rows.Where(row => Rebuilt(row.GetProperty("fields")) != Bytes(row)).Select(row => $"{Bytes(row)}\n but we write\n{Rebuilt(row.GetProperty("fields"))}");
        wrong.ShouldBeEmpty();
        Rows.Count().ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Doubles_are_written_as_Java_wrote_them()
    {
        var rows = Golden.Rows("wire.jsonl").Where(row => row.Text("type") == "Investment" && !row.TryGetProperty("javaDoubleQuirk", out _)).ToList();
        foreach (var row in rows)
        {
            var invested = row.GetProperty("fields").Number("invested");
            if (double.IsFinite(invested)) { Bytes(row).ShouldContain($"\"invested\" : {Java(invested)}\n"); }
        }
        (Java(0), Java(-0.0), Java(12), Java(0.001), Java(9_999_999.5)).ShouldBe(("0.0", "-0.0", "12.0", "0.001", "9999999.5"));
        (Java(1e7), Java(0.00099), Java(-1.25e-9), Java(1.5e300), Java(123_456_789)).ShouldBe(("1.0E7", "9.9E-4", "-1.25E-9", "1.5E300", "1.23456789E8"));
        rows.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Results_states_and_prices_have_the_originals_fields_in_its_order()
    {
        var state = new TraderState(Coins.Whole(10), 5, 0, 0, 0, Moment);
        var results = Rows.Where(row => row.Text("type") == "TxnResult").Select(Bytes).ToList();
        results.ShouldContain(Encoding.UTF8.GetString(OriginalWriter.Write(new Result { TxnId = "my-player-name_lflv", Type = ResultType.Market, Status = Status.Accepted, State = state })));
        Rows.Where(row => row.Text("type") == "TraderState").Select(Bytes).ShouldContain(Encoding.UTF8.GetString(OriginalWriter.Write(state)));
        var price = new PriceTick(1, Moment, Coins.Zero, 1, 1, Coins.Zero, false);
        Rows.Where(row => row.Text("type") == "SharePriceInfo").Select(Bytes).ShouldContain(Encoding.UTF8.GetString(OriginalWriter.Write(price)));
    }

    [Fact]
    public void A_result_without_a_state_says_null()
    {
        var bytes = OriginalWriter.Write(new Result { TxnId = "t", Type = ResultType.Feed, Status = Status.MarketClosed });
        Encoding.UTF8.GetString(bytes).ShouldBe("{\n  \"txnId\" : \"t\",\n  \"type\" : \"FEED\",\n  \"state\" : null,\n  \"status\" : \"MARKET_CLOSED\"\n}");
    }

    [Theory]
    [InlineData("MarketOrder", ResultType.Market)]
    [InlineData("Investment", ResultType.Invest)]
    [InlineData("FeedMonkeys", ResultType.Feed)]
    public void What_the_original_wrote_is_read_where_our_bounds_allow_it(string type, ResultType about)
    {
        var read = 0;
        foreach (var row in Rows.Where(row => row.Text("type") == type))
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(Bytes(row)));
            json.Read();
            var reading = CommandReader.Read(ref json, about);
            if (reading.Problem is { } problem)
            {
                problem.ShouldMatch("txnId: a text of 1 to 128|invested: a number of coins"); // longer ids, null ids, and amounts beyond 64 bits of micro-coins
                continue;
            }
            read++;
            reading.Command.TxnId.ShouldBe(row.GetProperty("fields").Text("txnId"));
            Result.TypeOf(reading.Command.Type).ShouldBe(about);
        }
        read.ShouldBeGreaterThan(2);
    }

    private static Timestamp Moment { get; } = Timestamp.TryRead("2018-03-20T18:34:56.789Z", out var moment) ? moment : default;

    private static string Bytes(JsonElement row) => Encoding.UTF8.GetString(Convert.FromBase64String(row.Text("bytesBase64")));

    private static string Java(double value)
    {
        Span<byte> text = stackalloc byte[JavaDouble.MaxLength];
        return Encoding.UTF8.GetString(text[..JavaDouble.Write(value, text)]);
    }

    private static string Rebuilt(JsonElement fields)
    {
        var json = new PrettyJson();
        Write(json, fields);
        return Encoding.UTF8.GetString(json.ToBytes());
    }

    private static void Write(PrettyJson json, JsonElement fields)
    {
        foreach (var field in fields.EnumerateObject().Where(field => field.Name != "timeMillis"))
        {
            var name = Encoding.UTF8.GetBytes(field.Name);
            if (field.Value.ValueKind is JsonValueKind.Object)
            {
                json.Object(name);
                Write(json, field.Value);
                json.Close();
            }
            else if (field.Value.ValueKind is JsonValueKind.Null) { json.Text(name, null); }
            else if (field.Name == "time" && Timestamp.TryRead(field.Value.GetString() ?? "", out var time)) { json.Time(name, time); }
            else if (Floats.Contains(field.Name)) { json.Float(name, fields.Number(field.Name)); }
            else if (field.Value.ValueKind is JsonValueKind.Number) { json.Whole(name, field.Value.GetInt64()); }
            else { json.Text(name, field.Value.GetString()); }
        }
    }
}
