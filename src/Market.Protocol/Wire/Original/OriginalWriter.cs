using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Protocol.Wire.Original;

/// <summary>What the market says, as the original's JSON to the byte: names, order and layout are what clients of 2018 read.</summary>
public static class OriginalWriter
{
    /// <summary>A <c>TxnResult</c>: txnId, type, state, status. A state that is not known is null.</summary>
    public static byte[] Write(in Result result)
    {
        var json = new PrettyJson();
        json.Text("txnId"u8, result.TxnId);
        json.Text("type"u8, MessageWriter.TypeName(result.Type));
        if (result.State is { } state)
        {
            json.Object("state"u8);
            Write(json, state);
            json.Close();
        }
        else
        {
            json.Text("state"u8, null);
        }
        json.Text("status"u8, result.Status.Name());
        return json.ToBytes();
    }

    /// <summary>A <c>TraderState</c>.</summary>
    public static byte[] Write(in TraderState state)
    {
        var json = new PrettyJson();
        Write(json, state);
        return json.ToBytes();
    }

    /// <summary>A <c>SharePriceInfo</c>: time, coins, forecast.</summary>
    public static byte[] Write(in PriceTick tick)
    {
        var json = new PrettyJson();
        json.Time("time"u8, tick.Time);
        json.Float("coins"u8, tick.Price.ToDouble());
        json.Float("forecast"u8, tick.Forecast);
        return json.ToBytes();
    }

    private static void Write(PrettyJson json, in TraderState state)
    {
        json.Time("time"u8, state.Time);
        json.Float("coins"u8, state.Coins.ToDouble());
        json.Whole("shares"u8, state.Shares);
        json.Whole("bailouts"u8, state.Bailouts);
        json.Whole("fedMonkeys"u8, state.FedMonkeys);
        json.Whole("inFlightInvestments"u8, state.InFlightInvestments);
    }
}
