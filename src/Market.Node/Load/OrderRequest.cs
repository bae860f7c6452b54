using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Market.Node.Load;

/// <summary>
/// One request of a trader, made once: orders that buy and sell one share by turns, so that a trader never runs out. Only the ids change from one
/// sending to the next, in place, which is what makes the client cheap.
/// </summary>
public sealed class OrderRequest
{
    private const int IdDigits = 12;
    private const byte FinalText = 0x81;
    private const byte Masked = 0x80;
    private static readonly string Blank = new('0', IdDigits);

    private readonly byte[] _bytes;
    private readonly int[] _idsAt;

    private OrderRequest(byte[] bytes, int orders)
    {
        _bytes = bytes;
        _idsAt = new int[orders];
        var at = 0;
        for (var i = 0; i < orders; i++)
        {
            at = Find(bytes, "\"txnId\":\"", at);
            _idsAt[i] = Find(bytes, "#", at);
        }
    }

    public int Length => _bytes.Length;

    public int Orders => _idsAt.Length;

    /// <summary>What goes round and round on one connection: a request of each trader; where it has an odd number of orders, a second that starts with the sale.</summary>
    /// <param name="connection">In every id, so that connections of one trader share none.</param>
    public static OrderRequest[] Rounds(LoadPlan plan, IEnumerable<LoadTrader> traders, int connection) =>
        [.. traders.SelectMany(trader => Enumerable.Range(0, 1 + (plan.Batch % 2)).Select(first => Of(plan, trader, first, connection)))];

    /// <summary>A text frame of a client. Its mask is zero: the mask guards proxies from pages, and this is no page.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> text)
    {
        Span<byte> length = stackalloc byte[9];
        var count = 1;
        if (text.Length < 126) { length[0] = (byte)(Masked | text.Length); }
        else if (text.Length <= ushort.MaxValue)
        {
            (length[0], count) = (Masked | 126, 3);
            BinaryPrimitives.WriteUInt16BigEndian(length[1..], (ushort)text.Length);
        }
        else
        {
            (length[0], count) = (Masked | 127, 9);
            BinaryPrimitives.WriteInt64BigEndian(length[1..], text.Length);
        }
        return [FinalText, .. length[..count], 0, 0, 0, 0, .. text];
    }

    /// <summary>Writes the request with ids from <paramref name="nextId"/> on, and moves that past them.</summary>
    public void Write(Span<byte> to, ref long nextId)
    {
        _bytes.CopyTo(to);
        foreach (var at in _idsAt)
        {
            var id = nextId++;
            for (var digit = at + IdDigits; digit > at; digit--)
            {
                to[digit - 1] = (byte)('0' + (id % 10));
                id /= 10;
            }
        }
    }

    private static OrderRequest Of(LoadPlan plan, LoadTrader trader, int first, int connection)
    {
        var body = Encoding.UTF8.GetBytes(Body(plan.Batch, first, connection));
        return new OrderRequest(plan.Door is LoadDoor.Http ? [.. Encoding.UTF8.GetBytes(Head(plan, trader.Token, body.Length)), .. body] : Frame(body), plan.Batch);
    }

    private static string Body(int batch, int first, int connection)
    {
        var orders = Enumerable.Range(first, batch)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"txnId\":\"{connection:x}#{Blank}\",\"type\":\"{(i % 2 == 0 ? "BUY" : "SELL")}\",\"shares\":1}}"));
        return batch == 1 ? orders.Single() : $"[{string.Join(',', orders)}]";
    }

    private static string Head(LoadPlan plan, string token, int bytes) => string.Create(CultureInfo.InvariantCulture,
        $"POST {plan.Node.AbsolutePath}api/markets/{plan.Market}/commands HTTP/1.1\r\nHost: {plan.Node.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {bytes}\r\n\r\n");

    /// <summary>Where what follows the text begins.</summary>
    private static int Find(ReadOnlySpan<byte> bytes, string text, int from)
    {
        Span<byte> wanted = stackalloc byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, wanted);
        return from + bytes[from..].IndexOf(wanted) + wanted.Length;
    }
}
