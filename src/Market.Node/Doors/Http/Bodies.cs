using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Market.Protocol.Wire.Json;
using Microsoft.AspNetCore.Connections;

namespace Market.Node.Doors.Http;

/// <summary>Bodies of requests, bounded.</summary>
public static class Bodies
{
    /// <summary>
    /// Reads a whole body and hands it to <paramref name="use"/> while its bytes are there.
    /// </summary>
    /// <returns>False when there is more than <paramref name="maxBytes"/>; then nothing was used.</returns>
    public static async ValueTask<bool> ReadAsync(HttpContext http, int maxBytes, Action<ReadOnlySequence<byte>> use)
    {
        if (http.Request.ContentLength > maxBytes) { return false; }
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await ReadAsync(reader);
            if (read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return false;
            }
            if (read.IsCompleted)
            {
                use(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return true;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Not to be cancelled: a caller that leaves ends the reading by itself, and one cut short cannot be tidied up after.</summary>
    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader)
    {
        try
        {
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (IOException broken) when (broken is not (BadHttpRequestException or ConnectionResetException))
        {
            throw new BadHttpRequestException("The body's chunks cannot be read.", StatusCodes.Status400BadRequest, broken);
        }
    }

    /// <summary>Reads a small JSON object; answers the request itself when there is none.</summary>
    /// <returns>Null when the request was answered.</returns>
    public static async ValueTask<JsonElement?> ReadObjectAsync(HttpContext http, int maxBytes)
    {
        JsonElement? read = null;
        var fits = await ReadAsync(http, maxBytes, body => read = Parse(body));
        if (!fits)
        {
            await Problem.TooLarge(maxBytes).SendAsync(http);
            return null;
        }
        if (read is null) { await Problem.Malformed("The body must be a JSON object in UTF-8.").SendAsync(http); }
        return read;
    }

    /// <summary>A field that must be a text; null when it is missing, of another type, or not valid Unicode.</summary>
    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var field) ? field.Text() : null;

    /// <summary>A text; null for another type, or for escapes that are not valid Unicode.</summary>
    public static string? Text(this JsonElement field)
    {
        try
        {
            return field.ValueKind is JsonValueKind.String ? field.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether all names of an object are valid Unicode; among others none can be looked for.</summary>
    public static bool HasReadableNames(this JsonElement element)
    {
        try
        {
            return element.EnumerateObject().All(field => field.Name is not null);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonElement? Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = CommandReader.MaxDepth });
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object && root.HasReadableNames() ? root.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
