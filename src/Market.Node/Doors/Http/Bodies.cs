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
    public static string? Text(this JsonElement element, string name)
    {
        return element.TryGetProperty(name, out var field) ? field.TextOrNull() : null;
    }

    /// <summary>The text this is; null for another type or what is not valid Unicode, such as half a surrogate pair in an escape.</summary>
    public static string? TextOrNull(this JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.String) { return null; }
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Asking an object for a field throws when one of its names is not valid Unicode: so that is looked at first.</summary>
    /// <exception cref="InvalidOperationException">A name is not valid Unicode.</exception>
    public static void CheckNames(JsonElement element)
    {
        foreach (var property in element.EnumerateObject()) { _ = property.Name; }
    }

    private static JsonElement? Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = CommandReader.MaxDepth });
            if (document.RootElement.ValueKind is not JsonValueKind.Object) { return null; }
            CheckNames(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
