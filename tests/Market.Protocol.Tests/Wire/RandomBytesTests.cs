using Market.Protocol.Wire;

namespace Market.Protocol.Tests.Wire;

/// <summary>Whatever bytes come, a reader reads them or says that they are corrupt; it never fails in another way.</summary>
public class RandomBytesTests
{
    private static readonly byte[][] Written =
    [
        .. Samples.MarketEvents.Values.Select(sample => Samples.Bytes(sample.Event)),
        .. Samples.TraderEvents.Values.Select(sample => Samples.Bytes(sample.Fact)),
    ];

    [Fact]
    public void Random_bytes_are_read_or_corrupt()
    {
        var random = new Random(6_001);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (bytes.Length > 0) { bytes[0] = (byte)(bytes[0] % 0x18); } // mostly kinds that exist
            ReadAll(bytes, random.Next(4));
        }
    }

    [Fact]
    public void Events_with_bytes_changed_lost_or_added_are_read_or_corrupt()
    {
        var random = new Random(6_002);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = Written[random.Next(Written.Length)].ToList();
            for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--) { Change(bytes, random); }
            ReadAll([.. bytes], 1);
        }
    }

    [Fact]
    public void Every_event_cut_short_is_corrupt()
    {
        foreach (var bytes in Written)
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Should.Throw<CorruptBytesException>(() => EventReader.Read(cut, 1, default, new RecordingFold()));
            }
        }
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(3))
        {
            case 0: bytes[at] = (byte)random.Next(256); break;
            case 1: bytes.RemoveAt(at); break;
            default: bytes.Insert(at, (byte)random.Next(256)); break;
        }
    }

    private static void ReadAll(byte[] bytes, int count)
    {
        Try(() => EventReader.Read(bytes, count, default, new RecordingFold()));
        Try(() =>
        {
            var from = new BytesReader(bytes);
            MessageCodec.Read(ref from);
        });
        Try(() =>
        {
            var from = new BytesReader(bytes);
            while (!from.AtEnd) { ReadSomething(ref from); }
        });
    }

    /// <summary>Something else for each first byte.</summary>
    private static void ReadSomething(ref BytesReader from)
    {
        switch (from.Byte() % 9)
        {
            case 0: from.Flag(); break;
            case 1: from.Unsigned(); break;
            case 2: from.Signed(); break;
            case 3: from.Count(); break;
            case 4: from.Double(); break;
            case 5: from.Fixed64(); break;
            case 6: from.Text(); break;
            case 7: from.Text(new char[4]); break;
            default: from.Take(3); break;
        }
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (CorruptBytesException corrupt)
        {
            corrupt.Offset.ShouldBeGreaterThanOrEqualTo(0);
        }
    }
}
